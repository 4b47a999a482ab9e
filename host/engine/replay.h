// SPDX-License-Identifier: ISC
// Calls whose output nobody gets: for the state that they leave.
#ifndef ENGINE_REPLAY_H
#define ENGINE_REPLAY_H

#include "engine/tape.h"

/// Calls the instance with what the node has, until it does not ask for more.
/// What the call gave last, or RILL_ERR_NO_MEMORY. out->next_pos says where
/// the output stands. [who has the node; or a spare]
int32_t
replay_call(struct node* node);

/// All calls from *first* up to before *end*, one after the other.
int32_t
replay_tape(const struct tape* tape, uint32_t first, uint32_t end,
            struct node* node);

#endif
