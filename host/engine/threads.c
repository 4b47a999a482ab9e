// SPDX-License-Identifier: ISC
#include "engine/threads.h"

#include "base/mem.h"
#include "engine/deque.h"
#include "engine/timing.h"

static enum status
thread_init(struct engine* engine, uint32_t index, struct node* only)
{
  struct thread* const thread = &engine->threads[index];
  thread->engine = engine;
  thread->index = index;
  thread->only = only;
  if (only) {
    only->thread = thread;
  }
  if (engine->options.trace_events &&
      !(thread->events = mem_new_array(struct engine_event,
                                       engine->options.trace_events))) {
    return STATUS_NO_MEMORY;
  }
  thread->deferred = mem_new_array(struct node*, engine->n_nodes);
  return thread->deferred && !deque_init(&thread->deque, engine->n_room_nodes)
           ? STATUS_OK
           : STATUS_NO_MEMORY;
}

enum status
threads_init(struct engine* engine)
{
  uint32_t n_blocking = 0;
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    n_blocking += engine->nodes[i].is_blocking != 0;
  }
  const uint32_t n_workers = engine->plan->threads ? engine->plan->threads : 1;
  atomic_store(&engine->n_workers, n_workers);
  engine->n_threads = n_workers + n_blocking;
  engine->clock_ns = timing_clock_cost();
  engine->threads = mem_new_array(struct thread, engine->n_threads);
  if (!engine->threads || deque_init(&engine->injected, engine->n_room_nodes)) {
    return STATUS_NO_MEMORY;
  }
  uint32_t index = 0;
  for (; index < n_workers; ++index) {
    if (thread_init(engine, index, NULL)) {
      return STATUS_NO_MEMORY;
    }
  }
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    if (engine->nodes[i].is_blocking &&
        thread_init(engine, index++, &engine->nodes[i])) {
      return STATUS_NO_MEMORY;
    }
  }
  return STATUS_OK;
}

void
threads_fini(struct engine* engine)
{
  for (uint32_t i = 0; engine->threads && i < engine->n_threads; ++i) {
    deque_fini(&engine->threads[i].deque);
    mem_free(engine->threads[i].deferred);
    mem_free(engine->threads[i].events);
  }
  deque_fini(&engine->injected);
  mem_free(engine->threads);
}
