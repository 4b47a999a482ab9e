// SPDX-License-Identifier: ISC
// The parts of a swap, for edits that are one.
#ifndef ENGINE_EDIT_SWAP_H
#define ENGINE_EDIT_SWAP_H

#include "engine/edit_work.h"

/// A node has one trial at a time: one that goes on is cut short. [control]
enum status
swap_end_trial(struct op* op);

/// Makes the other instance, of *type*, with op->params and what op->like was
/// given. Takes the reference to *generation*. [control]
enum status
swap_make(struct op* op, struct node_type* type, struct generation* generation);

/// Gets the state across by op->mode. [all are held]
enum status
swap_carry(struct op* op);

/// [all are held]
void
swap_publish(struct op* op);

#endif
