// SPDX-License-Identifier: ISC
// Whether a call of an instance on probation is good enough to be sent on.
#ifndef ENGINE_JUDGE_H
#define ENGINE_JUDGE_H

#include "engine/node.h"

/// What is wrong with what the call left, which gave *rc*; null: nothing. It
/// failed, broke the contract, gave numbers that are none for input that has
/// none such, gave fewer frames than it took where as many are promised, or
/// ended a stream that goes on. [who has the node]
const char*
judge_call(const struct node* node, int32_t rc);

#endif
