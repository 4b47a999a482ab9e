// SPDX-License-Identifier: ISC
// A run from its first note to its last thread.
#include "engine/engine.h"

#include "base/log.h"
#include "base/sys.h"
#include "engine/crash.h"
#include "engine/park.h"
#include "engine/sched.h"
#include "engine/seam.h"
#include "engine/state.h"
#include "engine/watchdog.h"

#include <signal.h>
#include <stdio.h>

// A call that waits in read or write comes back with EINTR.
static void
interrupt_calls(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_threads; ++i) {
    struct thread* const thread = &engine->threads[i];
    if (thread->only && atomic_load(&thread->started) &&
        atomic_load_explicit(&thread->current, memory_order_relaxed)) {
      pthread_kill(thread->handle, SIGURG);
    }
  }
}

void
engine_stop(struct engine* engine, enum engine_stop how)
{
  atomic_store(&engine->stop, (int)how);
  if (how == ENGINE_STOP_NOW) {
    atomic_store(&engine->halt, 1);
    unpark_all(engine);
  }
  interrupt_calls(engine);
}

// A BLOCKING node whose thread cannot be had is run by the workers.
static void
start_blocking(struct engine* engine, struct node* node)
{
  struct thread* const thread = node->thread;
  ++engine->n_awake;
  atomic_store(&node->state, NODE_NOTED);
  if (!sys.thread_create(&thread->handle, sched_blocking, thread)) {
    atomic_store(&thread->started, 1);
    return;
  }
  --engine->n_awake;
  log_warning("no thread could be started for node '%s': it shares the workers",
              node->plan->id);
  node->is_blocking = 0;
  atomic_store(&node->state, 0);
}

static void
on_interrupt(int signal_number)
{
  (void)signal_number; // being delivered is all it is for
}

static void
start(struct engine* engine)
{
  const struct sigaction action = { .sa_handler = on_interrupt };
  sigaction(SIGURG, &action, NULL);
  pthread_mutex_lock(&engine->park_lock);
  engine->n_awake = 1;
  engine->worker_main = sched_worker;
  atomic_store(&engine->n_started_workers, 1);
  atomic_store(&engine->n_live, engine->n_nodes);
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    if (engine->nodes[i].is_blocking) {
      start_blocking(engine, &engine->nodes[i]);
    }
  }
  pthread_mutex_unlock(&engine->park_lock);
  seam_begin_run(engine);
  // In reverse, so that the first in the file is run first. Only sources: a
  // consumer that had a note already would not be run hot after its producer.
  for (uint32_t i = engine->n_nodes; i-- > 0;) {
    struct node* const node = &engine->nodes[i];
    if (!node->is_blocking && !node->n_connected) {
      sched_note(&engine->threads[0], node);
    }
  }
}

enum status
engine_run(struct engine* engine)
{
  engine->begin_ns = sys.now_ns();
  crash_install();
  watchdog_start(engine);
  if (engine->n_nodes) {
    start(engine);
    sched_worker(&engine->threads[0]);
  }
  for (uint32_t i = 1; i < engine->n_threads; ++i) {
    if (atomic_load(&engine->threads[i].started)) {
      pthread_join(engine->threads[i].handle, NULL);
      ++engine->totals.n_threads;
    }
  }
  ++engine->totals.n_threads;
  seam_end_run(engine);
  watchdog_stop(engine);
  engine->totals.wall_ns = sys.now_ns() - engine->begin_ns;
  return atomic_load(&engine->failed) ? engine->error.status : STATUS_OK;
}
