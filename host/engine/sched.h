// SPDX-License-Identifier: ISC
// Which thread runs which node when. The result never depends on it.
#ifndef ENGINE_SCHED_H
#define ENGINE_SCHED_H

#include "engine/state.h"

/// The life of a worker; *arg* is its struct thread.
void*
sched_worker(void* arg);

/// The life of the thread of a BLOCKING node.
void*
sched_blocking(void* arg);

/// Something has changed for *node*: it will be looked at. *thread* is the
/// caller's, or null. [any thread]
void
sched_note(struct thread* thread, struct node* node);

#endif
