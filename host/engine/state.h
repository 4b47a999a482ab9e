// SPDX-License-Identifier: ISC
// The engine's own data: nodes, links, threads, and how a run ends.
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "engine/node.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

/// Nodes to run. Newest first for the owner, oldest first for others. Each
/// node is in at most one, so n_nodes places are enough.
struct deque {
  atomic_flag lock;
  atomic_uint n; // read without the lock as a hint
  uint32_t first;
  uint32_t mask;
  struct node** items;
};

/// What a thread was doing when the watchdog looked last; the watchdog's own.
struct sight {
  const struct node* node;
  uint64_t n_calls;
  int64_t since_ns;
};

/// A worker, or the thread of one BLOCKING node.
struct thread {
  struct engine* engine;
  uint32_t index;
  struct node* only; // BLOCKING: the node, workers: null
  pthread_t handle;
  atomic_int started; // handle is valid
  atomic_int wake; // futex: set to 1 to end a park
  int parked;      // under engine->park_lock
  struct deque deque;
  struct node** deferred; // BLOCKING nodes noted but not yet woken
  uint32_t n_deferred;
  uint32_t n_unasked; // cheap calls since the last look for waiting work
  atomic_int is_away; // in a dear call: others may take all of its deque
  int64_t busy_since_ns; // work has been waiting for a helper since, 0: not
  struct node* _Atomic current; // in process, for watchdog and crash report
  atomic_uint_fast64_t n_calls; // so that the watchdog sees a call end
  struct frame frame; // shown to steps that run in a row
  int timed;          // calls of this pass are timed
  struct sight sight;
  void* crash_stack;
  struct engine_event* events;
  uint32_t n_events;
};

struct engine {
  struct plan* plan;
  struct engine_options options;
  struct node* nodes;
  struct step* steps; // one a node
  struct link* links;
  uint32_t n_nodes;
  uint32_t n_links;
  uint32_t n_room_nodes; // of the arrays: edits add some
  uint32_t n_room_links;

  struct thread* threads; // workers first; worker 0 is the caller of run
  uint32_t n_threads;
  atomic_uint n_workers; // fewer when no more threads can be had
  atomic_uint n_started_workers;
  atomic_uint n_parked_workers;
  void* (*worker_main)(void* thread);
  struct deque injected; // by BLOCKING threads
  pthread_mutex_t park_lock;
  uint32_t n_awake; // under park_lock

  uint32_t n_editors; // under park_lock; each counts as awake
  atomic_int run_phase; // of the seam
  atomic_uint n_asked;  // nodes that editors want and have not been lent
  atomic_int seam_news; // futex: something for editors to look at

  atomic_int halt; // everybody returns: done, failed or stopped
  atomic_int stop; // enum engine_stop, 0: run on
  atomic_uint n_live;

  atomic_int failed; // error is being or has been written
  struct engine_error error;

  struct pool_counts counts;
  struct engine_totals totals;
  int64_t begin_ns;
  int64_t clock_ns; // what a look at the clock takes
  pthread_t watchdog;
  pthread_mutex_t watchdog_lock;
  pthread_cond_t watchdog_wake;
  int watchdog_started;
  int watchdog_end; // under watchdog_lock

  struct engine_event* trace; // all threads' events, sorted
  uint32_t n_trace;
};

#endif
