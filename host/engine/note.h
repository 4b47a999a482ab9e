// SPDX-License-Identifier: ISC
// Notes: how a node learns that something has changed for it, and who may run
// it. A node's state is 0, NOTED (queued to be looked at), CLAIMED (one thread
// runs it), or both (it will be looked at again before it is let go). Every
// note is an atomic operation on that one word, so none is ever lost.
#ifndef ENGINE_NOTE_H
#define ENGINE_NOTE_H

#include "engine/state.h"

/// Leaves a note; whether nobody else has the node, so that the caller must
/// see to it that it is run (note_dispatch). [any thread]
int
note_is_ours(struct node* node);

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

/// Queues a node whose note is ours, or has its thread woken. *thread* is the
/// caller's, or null.
void
note_dispatch(struct thread* thread, struct node* node);

/// Wakes the thread of a BLOCKING node whose wake-up was put off.
void
note_wake_blocking(struct node* node);

/// Wakes all that this worker has put off.
void
note_flush_deferred(struct thread* thread);

/// After a step: looks at consumers that were sent something and producers
/// that wait for room. *is_ready*: whether the node itself could go on. What
/// the thread should run next, claimed, or null.
struct node*
note_neighbours(struct thread* thread, struct node* node, int is_ready);

#endif
