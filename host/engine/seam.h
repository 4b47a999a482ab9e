// SPDX-License-Identifier: ISC
// The seam: between two calls of a node, whoever has claimed it may lend it to
// a thread that is no worker, which then has it alone. That is how an edit
// takes effect: nothing stops but this node, and no worker does any of it.
//
// A claim (note.h) is what is lent: who asks raises the node's seam word and
// adds DETOUR_EDIT (step.h), then notes the node's segment; so whoever claims it
// next, or has it, looks and sees. A row that comes to the node ends before it.
// To be lent, the node is cut out of its segment: what was before and behind it
// goes on as segments of their own. Given back, it is run as any other, but not
// in a row before segment_bind (segment.h) says that its step is right again.
#ifndef ENGINE_SEAM_H
#define ENGINE_SEAM_H

#include "engine/seam_word.h"

// For who has claimed the node ------------------------------------------------

/// Lends what is wanted of the claimed segment: not in the middle of an input
/// (MORE), and not before the node is dry when that was asked for. Whether
/// *head* itself has been lent: then it is not the caller's any more, who
/// forgets it. *thread* is the caller's, or null.
int
seam_lend(struct thread* thread, struct node* head);

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

/// [any thread]
int
seam_run_goes_on(struct engine* engine);

/// All threads of the run have ended. [any thread]
int
seam_run_is_over(struct engine* engine);

/// Borrows *node*, between two calls. STATUS_REFUSED: it has ended or the run
/// does; STATUS_LIMIT: not until *deadline_ns* of the clock. [who has entered]
enum status
seam_borrow(struct node* node, enum seam how, int64_t deadline_ns);

/// [who has borrowed it]
void
seam_give_back(struct node* node);

#endif
