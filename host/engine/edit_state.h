// SPDX-License-Identifier: ISC
// State from one instance to another: rill.state/1.
#ifndef ENGINE_EDIT_STATE_H
#define ENGINE_EDIT_STATE_H

#include "base/status.h"
#include "engine/node.h"

#include <stddef.h>

/// What one state may be.
enum { STATE_MAX_BYTES = 64 << 20 };

/// Whether both can: they are of one type and have the extension.
int
state_can(const struct node* from, const struct node* to);

/// The frames of input that decide the state of *node*; 0: all, or not known.
uint64_t
state_history(const struct node* node);

/// Exports and imports. On failure *to* is as it was and *error* says why.
/// [control, has borrowed the node of *from*]
enum status
state_carry(const struct node* from, struct node* to, char* error,
            size_t error_bytes);

#endif
