// SPDX-License-Identifier: ISC
#include "engine/timing.h"

#include "base/sys.h"
#include "engine/state.h"

enum { CLOCK_TRIES = 8 };

int64_t
timing_clock_cost(void)
{
  int64_t least = INT64_MAX;
  int64_t before = sys.now_ns();
  for (int i = 0; i < CLOCK_TRIES; ++i) {
    const int64_t now = sys.now_ns();
    least = now - before < least ? now - before : least;
    before = now;
  }
  return least;
}

// Two buckets an octave: the bit below the highest one chooses.
static unsigned
bucket_of(uint64_t ns)
{
  const uint64_t n = ns > 1 ? ns : 1;
  const unsigned octave = 63u - (unsigned)__builtin_clzll(n);
  const unsigned upper = octave ? (unsigned)(n >> (octave - 1)) & 1u : 0;
  const unsigned bucket = octave * 2 + upper;
  return bucket < ENGINE_HISTOGRAM ? bucket : ENGINE_HISTOGRAM - 1;
}

// What a call costs when nothing disturbs it: falls at once, rises slowly.
static void
learn(struct step* step, int64_t ns)
{
  const int64_t old = step->cost_ns;
  const int64_t risen = old + old / 8 + 1;
  step->cost_ns = old && risen < ns ? risen : ns > 0 ? ns : 1;
}

void
timing_keep(struct thread* thread, const struct node* node, int64_t begin_ns,
            int64_t end_ns, uint64_t block)
{
  const struct engine_options* const options = &node->engine->options;
  if (options->profile && thread->events && thread->n_events < options->trace_events) {
    thread->events[thread->n_events++] = (struct engine_event){
      begin_ns, end_ns, node->index, thread->index, block
    };
  }
}

void
timing_add(struct node* node, int64_t begin_ns, int64_t end_ns)
{
  struct node_stats* const stats = &node->stats;
  const int64_t ns = end_ns - begin_ns;
  learn(node->step, ns - node->engine->clock_ns);
  if (!node->engine->options.profile) {
    return;
  }
  stat_add(&stats->busy_ns, (uint64_t)ns);
  stat_add(&stats->histogram[bucket_of((uint64_t)ns)], 1);
  if ((uint64_t)ns > stat_get(&stats->max_ns)) {
    atomic_store_explicit(&stats->max_ns, (uint64_t)ns, memory_order_relaxed);
  }
}

void
timing_record(struct thread* thread, struct node* node, int64_t begin_ns,
              int64_t end_ns)
{
  timing_add(node, begin_ns, end_ns);
  timing_keep(thread, node, begin_ns, end_ns, stat_get(&node->stats.n_calls));
}
