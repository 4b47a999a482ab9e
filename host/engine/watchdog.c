// SPDX-License-Identifier: ISC
#include "engine/watchdog.h"

#include "base/log.h"
#include "base/sys.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

enum { LOOKS_PER_DEADLINE = 8 };

// The worker cannot be taken back from the node, so the process ends. Outputs
// that were not committed vanish with it.
static void
give_up(struct engine* engine, const struct node* node)
{
  log_error("node '%s' (%s): process did not return within %.3g s, in block %llu",
            node->plan->id, node->plan->type->desc->name,
            (double)engine->options.call_deadline_ns / 1e9,
            (unsigned long long)stat_get(&node->stats.n_calls));
  _exit(status_exit_code(STATUS_LIMIT));
}

// Files, sockets and children may take their time.
static int
may_wait(const struct node* node)
{
  return node->plan->type->desc->exec == RILL_EXEC_BLOCKING;
}

static void
look(struct engine* engine, int64_t now)
{
  for (uint32_t i = 0; i < engine->n_threads; ++i) {
    struct thread* const thread = &engine->threads[i];
    const struct node* const node =
      atomic_load_explicit(&thread->current, memory_order_relaxed);
    const uint64_t n_calls = stat_get(&thread->n_calls);
    struct sight* const sight = &thread->sight;
    if (!node || may_wait(node) || node != sight->node || n_calls != sight->n_calls) {
      *sight = (struct sight){ node, n_calls, now };
    } else if (now - sight->since_ns > engine->options.call_deadline_ns) {
      give_up(engine, node);
    }
  }
}

static void*
watch(void* arg)
{
  struct engine* const engine = arg;
  const int64_t pause = engine->options.call_deadline_ns / LOOKS_PER_DEADLINE;
  pthread_mutex_lock(&engine->watchdog_lock);
  while (!engine->watchdog_end) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    const int64_t ns = until.tv_nsec + pause;
    until.tv_sec += ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    if (pthread_cond_timedwait(&engine->watchdog_wake, &engine->watchdog_lock,
                               &until) == ETIMEDOUT) {
      look(engine, sys.now_ns());
    }
  }
  pthread_mutex_unlock(&engine->watchdog_lock);
  return NULL;
}

void
watchdog_start(struct engine* engine)
{
  if (!engine->options.call_deadline_ns) {
    return;
  }
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&engine->watchdog_wake, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_mutex_init(&engine->watchdog_lock, NULL);
  engine->watchdog_end = 0;
  for (uint32_t i = 0; i < engine->n_threads; ++i) {
    engine->threads[i].sight = (struct sight){ 0 };
  }
  engine->watchdog_started = !sys.thread_create(&engine->watchdog, watch, engine);
}

void
watchdog_stop(struct engine* engine)
{
  if (!engine->options.call_deadline_ns) {
    return;
  }
  if (engine->watchdog_started) {
    pthread_mutex_lock(&engine->watchdog_lock);
    engine->watchdog_end = 1;
    pthread_cond_signal(&engine->watchdog_wake);
    pthread_mutex_unlock(&engine->watchdog_lock);
    pthread_join(engine->watchdog, NULL);
  }
  pthread_cond_destroy(&engine->watchdog_wake);
  pthread_mutex_destroy(&engine->watchdog_lock);
}
