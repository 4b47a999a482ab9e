// SPDX-License-Identifier: ISC
// The seam: between two calls of a node, whoever has claimed it may lend it to
// a thread that is no worker, which then has it alone. That is how an edit
// takes effect: nothing stops but this node, and no worker does any of it.
//
// A claim (note.h) is what is lent: who asks raises the node's seam word, then
// notes the node; so whoever claims it next, or has it, looks and sees. A
// thread that keeps claims for longer than a step (a segment of fused nodes)
// looks at the word of each of its nodes before every step of it, and lets the
// node go for good by seam_lend; given back, the node is run as any other.
#ifndef ENGINE_SEAM_H
#define ENGINE_SEAM_H

#include "engine/state.h"

/// Of node->seam.
enum seam {
  SEAM_SHUT,
  SEAM_ASKED,     // lend it at the next border
  SEAM_ASKED_DRY, // lend it when it has used up what it could get
  SEAM_LENT,
  SEAM_ENDED // the node will never run again
};

// For who has claimed the node ------------------------------------------------

/// One load; before each step.
static inline int
seam_is_asked(const struct node* node)
{
  return atomic_load_explicit(&node->seam, memory_order_relaxed) != SEAM_SHUT;
}

/// Whether the node has been lent: then it is not the caller's any more, who
/// forgets it. Not in the middle of an input (MORE), and not before it is dry
/// when that was asked for.
int
seam_lend(struct node* node);

/// The node has finished.
void
seam_end(struct node* node);

// For who edits ---------------------------------------------------------------

/// What the editors of a run share; guarded by engine->park_lock.
/// The run has begun: editors may come. [engine_run]
void
seam_begin_run(struct engine* engine);

/// Waits until all have left; nobody comes in any more. [engine_run]
void
seam_end_run(struct engine* engine);

/// Comes in, waiting at most *wait_ns* for the run to begin. While somebody is
/// in, the engine never takes the lack of work for an end. STATUS_REFUSED: the
/// run is over; STATUS_LIMIT: it has not begun. [any thread but workers]
enum status
seam_enter(struct engine* engine, int64_t wait_ns);

void
seam_leave(struct engine* engine);

/// Borrows *node*, between two calls. STATUS_REFUSED: it has ended or the run
/// does; STATUS_LIMIT: not until *deadline_ns* of the clock. [who has entered]
enum status
seam_borrow(struct node* node, enum seam how, int64_t deadline_ns);

/// [who has borrowed it]
void
seam_give_back(struct node* node);

#endif
