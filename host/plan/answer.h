// SPDX-License-Identifier: ISC
// What derive said when it was last asked.
#ifndef PLAN_ANSWER_H
#define PLAN_ANSWER_H

#include "plan/draft.h"

/// Puts what derive says into the outputs of *node*. It is asked only when the
/// formats of the slots have changed. What it refuses is in *state*.
/// STATUS_NO_MEMORY or OK.
enum status
answer_get(struct node_state* state, struct plan_node* node);

#endif
