// SPDX-License-Identifier: ISC
// One cut through the stream: all nodes of a transaction, and all between them,
// come to a stop before the same frame.
#ifndef ENGINE_EDIT_HOLD_H
#define ENGINE_EDIT_HOLD_H

#include "engine/edit_work.h"

/// Borrows the nodes of all operations, those upstream first. A node that gets
/// its input from one that is held already has used up all of it when it is
/// lent: what is held stands at one frame, and nothing is on the way between.
/// On failure nothing is held and the reply of the operation says why.
/// [who has entered]
enum status
edit_hold(struct transaction* tx);

/// Gives all back, and notes how long they could not run.
void
edit_let_go(struct transaction* tx);

#endif
