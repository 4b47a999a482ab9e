// SPDX-License-Identifier: ISC
// What a node gets for a call, in an order that never depends on threads.
#ifndef ENGINE_INPUTS_H
#define ENGINE_INPUTS_H

#include "base/status.h"
#include "engine/node.h"

int
inputs_ready(struct node* node);

/// Fills the input side of node->block; turns to draining when all inputs are
/// over. Fails only when memory for a slice is out.
enum status
inputs_take(struct node* node);

/// Gives back what the call was lent, unless it is to be called again.
void
inputs_release(struct node* node);

/// Takes no more: what is queued is given back.
void
inputs_close(struct node* node);

#endif
