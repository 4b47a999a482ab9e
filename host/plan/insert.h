// SPDX-License-Identifier: ISC
// Putting converters into a plan as ordinary nodes.
#ifndef PLAN_INSERT_H
#define PLAN_INSERT_H

#include "plan/draft.h"

/// Moves the chains of all links into the plan, each converter right before
/// the first node that needs it. Consumers of one output that want the same
/// share its converters. On failure the plan can only be freed.
enum status
insert_converters(struct draft* draft);

#endif
