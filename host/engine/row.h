// SPDX-License-Identifier: ISC
// A row: plain steps of one segment, called one after the other, the buffer
// handed from each to the next without a queue.
#ifndef ENGINE_ROW_H
#define ENGINE_ROW_H

#include "engine/state.h"

/// Whether a row can begin with *node*: nothing but a buffer waits for it.
/// [who has claimed the node; it is ready]
static inline int
row_can_begin(const struct node* node)
{
  return !atomic_load_explicit(&node->step->detour, memory_order_acquire) &&
         !node->again && node->phase == NODE_RUNNING && link_peek(node->in[0].link);
}

/// Finds what a call of *step* with the input *in* writes to: *in* itself, a
/// buffer from the step's pool, or null for one that sets it itself. Fails when
/// memory is out. [who has claimed the node]
enum status
row_lend(const struct step* step, struct buffer* in, struct buffer** out);

/// Takes a buffer from the link before *node* and carries it as far as it goes:
/// to the end of the segment, to a node with a detour or without room behind
/// it, or to one whose call was out of the ordinary and has been concluded as
/// any other. The last node called. [who has claimed the segment; can begin]
struct node*
row_run(struct thread* thread, struct node* node);

#endif
