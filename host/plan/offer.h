// SPDX-License-Identifier: ISC
// What the outputs of a node will be, once its inputs have formats.
#ifndef PLAN_OFFER_H
#define PLAN_OFFER_H

#include "plan/draft.h"

/// Gives each connected output of node *index* the format that costs its
/// consumers least to take, and asks derive. What went wrong is in the node's
/// state; then its outputs have no formats. STATUS_NO_MEMORY or OK.
enum status
offer_make(struct draft* draft, uint32_t index);

/// The same for a converter, whose parameters say all. STATUS_BAD_PLUGIN: it
/// gives no format.
enum status
offer_converted(struct plan_node* node);

#endif
