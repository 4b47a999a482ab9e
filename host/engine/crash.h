// SPDX-License-Identifier: ISC
// The last words when a node takes the process down: which node, which plugin,
// which block. The process still dies by the same signal.
#ifndef ENGINE_CRASH_H
#define ENGINE_CRASH_H

#include "engine/state.h"

enum { CRASH_STACK_BYTES = 32768 };

/// Installs the handlers for the whole process, once. Sanitizer builds keep
/// their own. [control, before engine_run]
void
crash_install(void);

/// The calling thread is *thread* from now on, until crash_thread_end: crashes
/// are named after its current node, on a stack of their own.
void
crash_thread_begin(struct thread* thread);

void
crash_thread_end(struct thread* thread);

/// A node ended the thread that it was lent (pthread_exit): says so and ends
/// the process with the exit code for a plugin that failed. *arg*: the thread.
void
crash_thread_lost(void* arg);

#endif
