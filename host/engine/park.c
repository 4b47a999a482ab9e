// SPDX-License-Identifier: ISC
#include "engine/park.h"

#include "base/log.h"
#include "base/sys.h"
#include "engine/futex.h"

static void
sleep_here(struct thread* thread)
{
  while (!atomic_load(&thread->wake) && !atomic_load(&thread->engine->halt)) {
    futex_wait(&thread->wake, 0, 0);
  }
}

void
park(struct thread* thread, int (*still_idle)(struct thread*),
     void (*all_rest)(struct engine*))
{
  struct engine* const engine = thread->engine;
  pthread_mutex_lock(&engine->park_lock);
  if (!thread->only) {
    // Said before the last look at the deques: who pushes after that look
    // sees that there is somebody to wake.
    atomic_fetch_add(&engine->n_parked_workers, 1);
  }
  if (!still_idle(thread) || atomic_load(&engine->halt)) {
    if (!thread->only) {
      atomic_fetch_sub(&engine->n_parked_workers, 1);
    }
    pthread_mutex_unlock(&engine->park_lock);
    return;
  }
  atomic_store(&thread->wake, 0);
  thread->parked = 1;
  if (!--engine->n_awake) {
    all_rest(engine);
  }
  pthread_mutex_unlock(&engine->park_lock);
  sleep_here(thread);
}

void
park_for_good(struct thread* thread, void (*all_rest)(struct engine*))
{
  struct engine* const engine = thread->engine;
  pthread_mutex_lock(&engine->park_lock);
  if (!--engine->n_awake && !atomic_load(&engine->halt)) {
    all_rest(engine);
  }
  pthread_mutex_unlock(&engine->park_lock);
}

void
unpark_locked(struct thread* thread)
{
  if (!thread->parked) {
    return;
  }
  thread->parked = 0;
  ++thread->engine->n_awake;
  if (!thread->only) {
    atomic_fetch_sub(&thread->engine->n_parked_workers, 1);
  }
  atomic_store(&thread->wake, 1);
  futex_wake(&thread->wake);
}

void
unpark(struct thread* thread)
{
  pthread_mutex_lock(&thread->engine->park_lock);
  unpark_locked(thread);
  pthread_mutex_unlock(&thread->engine->park_lock);
}

void
unpark_all(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_threads; ++i) {
    atomic_store(&engine->threads[i].wake, 1);
    futex_wake(&engine->threads[i].wake);
  }
}

static void
start_worker(struct engine* engine)
{
  const uint32_t n = atomic_load(&engine->n_started_workers);
  struct thread* const thread = &engine->threads[n];
  if (sys.thread_create(&thread->handle, engine->worker_main, thread)) {
    log_warning("only %u of %u worker threads could be started", n,
                atomic_load(&engine->n_workers));
    atomic_store(&engine->n_workers, n);
    return;
  }
  atomic_store(&thread->started, 1);
  ++engine->n_awake;
  atomic_store(&engine->n_started_workers, n + 1);
}

void
call_worker(struct engine* engine)
{
  pthread_mutex_lock(&engine->park_lock);
  const uint32_t n_started = atomic_load(&engine->n_started_workers);
  for (uint32_t i = 0; i < n_started; ++i) {
    if (engine->threads[i].parked) {
      unpark_locked(&engine->threads[i]);
      pthread_mutex_unlock(&engine->park_lock);
      return;
    }
  }
  if (n_started < atomic_load(&engine->n_workers) && !atomic_load(&engine->halt)) {
    start_worker(engine);
  }
  pthread_mutex_unlock(&engine->park_lock);
}
