// SPDX-License-Identifier: ISC
// Notes: how a segment learns that something has changed for it, and who may
// run it. Heads stand for segments (segment.h). A head's state is 0, NOTED
// (queued to be looked at), CLAIMED (one thread runs it; also that of a node
// behind a head), or both (it will be looked at again before it is let go).
// Every note is an atomic operation on that one word, so none is ever lost.
#ifndef ENGINE_NOTE_H
#define ENGINE_NOTE_H

#include "engine/state.h"

/// Leaves a note for *head*; whether nobody else has it, so that the caller must
/// see to it that it is run. [any thread]
int
note_is_ours(struct node* head);

/// Leaves a note for the segment of *node*, and sees to it that it is run.
/// *thread* is the caller's, or null. [any thread]
void
note_leave(struct thread* thread, struct node* node);

/// Takes a noted node, note included. [who dispatched or dequeued it]
void
note_claim(struct node* node);

/// Takes a node that nobody has and nobody has noted, in one step instead of
/// two; whether it did.
int
note_try_claim(struct node* node);

/// Whether the node was let go; if not, there was a new note.
int
note_let_go(struct node* node);

/// Lets go of a segment that is to be run soon, by anyone. *thread* is the
/// caller's, or null.
void
note_requeue(struct thread* thread, struct node* head);

/// Wakes the thread of a BLOCKING node whose wake-up was put off.
void
note_wake_blocking(struct node* node);

/// Wakes all that this worker has put off.
void
note_flush_deferred(struct thread* thread);

/// After a pass: looks at consumers that were sent something and producers
/// that wait for room. *is_ready*: whether the segment itself could go on. What
/// the thread should run next, claimed, or null.
struct node*
note_neighbours(struct thread* thread, struct node* head, int is_ready);

#endif
