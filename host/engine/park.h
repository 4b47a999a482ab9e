// SPDX-License-Identifier: ISC
// Threads that have nothing to do, and how they are woken.
#ifndef ENGINE_PARK_H
#define ENGINE_PARK_H

#include "engine/state.h"

/// Sleeps until someone wakes *thread*. Returns at once when *still_idle*, asked
/// under the lock, says 0. When everybody is parked and the streams are not at
/// their end, *all_rest* is called under the lock: it finds work or ends the run.
void
park(struct thread* thread, int (*still_idle)(struct thread* thread),
     void (*all_rest)(struct engine* engine));

/// The thread ends; it counts as parked from now on.
void
park_for_good(struct thread* thread, void (*all_rest)(struct engine* engine));

/// Ends the park of *thread*, if it is parked. [any thread]
void
unpark(struct thread* thread);

/// The same for who holds park_lock.
void
unpark_locked(struct thread* thread);

/// Wakes everybody to see that halt is set. Async-signal-safe.
void
unpark_all(struct engine* engine);

/// Another worker is wanted: wakes a parked one, else starts one that has not
/// been started yet. Does nothing when all are at work. [any thread]
void
call_worker(struct engine* engine);

#endif
