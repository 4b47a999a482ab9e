// SPDX-License-Identifier: ISC
// What a run tells of itself.
#include "engine/engine.h"

#include "base/mem.h"
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>

void
engine_get_stats(const struct engine* engine, uint32_t node,
                 struct engine_stats* out)
{
  const struct node_stats* const s = &engine->nodes[node].stats;
  *out = (struct engine_stats){
    .n_calls = stat_get(&s->n_calls),
    .frames_in = stat_get(&s->frames_in),
    .frames_out = stat_get(&s->frames_out),
    .buffers_out = stat_get(&s->buffers_out),
    .busy_ns = (int64_t)stat_get(&s->busy_ns),
    .max_ns = (int64_t)stat_get(&s->max_ns),
    .wait_ns = (int64_t)stat_get(&s->wait_ns),
  };
  for (int i = 0; i < ENGINE_HISTOGRAM; ++i) {
    out->histogram[i] = (uint32_t)stat_get(&s->histogram[i]);
  }
}

void
engine_get_totals(const struct engine* engine, struct engine_totals* out)
{
  *out = engine->totals;
  out->buffers_made = atomic_load(&engine->counts.n_made);
  out->bytes_pooled = atomic_load(&engine->counts.n_bytes);
  out->copies = atomic_load(&engine->counts.n_copies);
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    out->buffers_used += stat_get(&engine->nodes[i].stats.buffers_out);
  }
}

double
engine_get_progress(const struct engine* engine)
{
  double least = -1;
  for (uint32_t i = 0; i < engine->plan->n_nodes; ++i) {
    // Not the node's own plan, which an edit may change at any time.
    const struct plan_node* const plan = &engine->plan->nodes[i];
    if (plan->n_in || !plan->media_frames) {
      continue;
    }
    const double done = (double)stat_get(&engine->nodes[i].stats.frames_out) /
                        (double)plan->media_frames;
    least = least < 0 || done < least ? done : least;
  }
  return least > 1 ? 1 : least;
}

static int
by_begin(const void* a, const void* b)
{
  const struct engine_event* const x = a;
  const struct engine_event* const y = b;
  return (x->begin_ns > y->begin_ns) - (x->begin_ns < y->begin_ns);
}

const struct engine_event*
engine_get_trace(const struct engine* const_engine, uint32_t* n)
{
  struct engine* const engine = (struct engine*)const_engine;
  uint32_t n_events = 0;
  for (uint32_t i = 0; i < engine->n_threads; ++i) {
    n_events += engine->threads[i].n_events;
  }
  if (!engine->trace && n_events &&
      (engine->trace = mem_new_array(struct engine_event, n_events))) {
    for (uint32_t i = 0; i < engine->n_threads; ++i) {
      const struct thread* const thread = &engine->threads[i];
      if (thread->n_events) {
        memcpy(engine->trace + engine->n_trace, thread->events,
               thread->n_events * sizeof *thread->events);
        engine->n_trace += thread->n_events;
      }
    }
    qsort(engine->trace, engine->n_trace, sizeof *engine->trace, by_begin);
  }
  *n = engine->n_trace;
  return engine->trace;
}
