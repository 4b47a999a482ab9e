// SPDX-License-Identifier: ISC
// The host's own node types, for edits: one that passes its input on, and one
// that does so later. A removed node is the first, a bypassed one either.
#ifndef ENGINE_PASS_NODE_H
#define ENGINE_PASS_NODE_H

#include "load/registry.h"

/// No parameters; nothing is copied.
extern struct node_type pass_type;

/// Audio `frames` later; what is before the first frame is silence.
extern struct node_type lag_type;

/// Whether *type* is one of these.
int
pass_is(const struct node_type* type);

#endif
