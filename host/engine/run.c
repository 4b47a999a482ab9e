// SPDX-License-Identifier: ISC
#include "engine/run.h"

#include "base/sys.h"
#include "engine/fail.h"
#include "engine/inputs.h"
#include "engine/outputs.h"
#include "engine/services.h"

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

// How floating point behaves is the host's: a plugin that changes it would
// change the bytes of all nodes that run after it on this thread.
#if defined(__SSE__)
static inline unsigned
float_mode(void)
{
  return _mm_getcsr() & ~0x3fu; // without the sticky exception flags
}

static inline void
restore_float_mode(unsigned mode)
{
  if (float_mode() != mode) {
    _mm_setcsr(mode);
  }
}
#else
static inline unsigned
float_mode(void)
{
  return 0;
}

static inline void
restore_float_mode(unsigned mode)
{
  (void)mode;
}
#endif

int
node_ready(struct node* node)
{
  if (node->phase == NODE_FINISHED) {
    return 0;
  }
  // Input first: after a step it is mostly that which is missing.
  return (node->again || node->phase == NODE_DRAINING || inputs_ready(node)) &&
         outputs_have_room(node);
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

static void
record(struct thread* thread, struct node* node, int64_t begin, int64_t end)
{
  struct node_stats* const stats = &node->stats;
  const uint64_t ns = (uint64_t)(end - begin);
  stat_add(&stats->busy_ns, ns);
  stat_add(&stats->histogram[bucket_of(ns)], 1);
  if (ns > stat_get(&stats->max_ns)) {
    atomic_store_explicit(&stats->max_ns, ns, memory_order_relaxed);
  }
  if (thread->events && thread->n_events < node->engine->options.trace_events) {
    thread->events[thread->n_events++] = (struct engine_event){
      begin, end, node->index, thread->index, stat_get(&stats->n_calls)
    };
  }
}

enum { COST_EVERY = 32, COST_FIRST = 4 };

// What a call costs when nothing disturbs it, so that an idle worker knows what
// is worth taking: falls at once, rises slowly.
static void
learn_cost(struct node* node, int64_t ns)
{
  const int64_t old = atomic_load_explicit(&node->cost_ns, memory_order_relaxed);
  const int64_t risen = old + old / 8 + 1;
  atomic_store_explicit(&node->cost_ns, old && risen < ns ? risen : ns,
                        memory_order_relaxed);
}

static int32_t
call(struct thread* thread, struct node* node)
{
  const unsigned mode = float_mode();
  const uint64_t n = stat_get(&node->stats.n_calls);
  const int all = node->engine->options.profile;
  const int timed = all || n % COST_EVERY == 0 || n < COST_FIRST;
  const int64_t begin = timed ? sys.now_ns() : 0;
  node->block.block = n;
  atomic_store_explicit(&thread->current, node, memory_order_relaxed);
  const int32_t rc = node->process(node->instance, &node->block);
  atomic_store_explicit(&thread->current, NULL, memory_order_relaxed);
  stat_add(&thread->n_calls, 1);
  restore_float_mode(mode);
  if (timed) {
    const int64_t end = sys.now_ns();
    learn_cost(node, end - begin);
    if (all) {
      record(thread, node, begin, end);
    }
  }
  stat_add(&node->stats.n_calls, 1);
  return rc;
}

static void
finish(struct node* node)
{
  node->phase = NODE_FINISHED;
  inputs_close(node);
  outputs_end(node);
}

static const char*
why(const struct node* node, int32_t rc)
{
#define STATUS_TEXT(name, number, text)                                        \
  if (rc == number) {                                                          \
    return node->services->error_text[0] ? node->services->error_text : text;  \
  }
  RILL_STATUS_LIST(STATUS_TEXT)
#undef STATUS_TEXT
  return "process returned a status that does not exist";
}

static void
fail(struct node* node, int32_t rc)
{
  enum status st = rc < 0 ? status_from_plugin(rc) : STATUS_BAD_PLUGIN;
  // A graph is no longer refused once it runs.
  st = st == STATUS_BAD_GRAPH ? STATUS_BAD_PLUGIN : st;
  engine_fail(node->engine, node, st, why(node, rc));
}

// A node that is called again and again and never gives anything would keep a
// worker busy for ever.
static void
watch_progress(struct node* node, int produced)
{
  const int consumed = node->n_connected && !node->again && node->phase == NODE_RUNNING;
  if (produced || consumed || node->is_blocking) {
    node->n_idle_calls = 0;
  } else if (++node->n_idle_calls > NO_PROGRESS_CALLS) {
    engine_fail(node->engine, node, STATUS_BAD_PLUGIN,
                "no progress: the last 10000 calls produced nothing");
  }
}

static void
settle(struct node* node, int32_t rc, int produced)
{
  const int draining = node->phase == NODE_DRAINING;
  node->again = rc == RILL_MORE;
  inputs_release(node);
  if (rc == RILL_DRAINED || (draining && rc != RILL_TAIL && rc != RILL_MORE)) {
    finish(node);
  } else {
    watch_progress(node, produced);
  }
}

void
node_step(struct thread* thread, struct node* node)
{
  struct engine* const engine = node->engine;
  node->noted_out = 0;
  if (!node->n_connected && atomic_load_explicit(&engine->stop, memory_order_relaxed)) {
    finish(node); // a source that was asked to end
    return;
  }
  if (!node->again && inputs_take(node)) {
    engine_fail(engine, node, STATUS_NO_MEMORY, "out of memory for an input");
    return;
  }
  if (outputs_bind(node)) {
    outputs_discard(node);
    engine_fail(engine, node, STATUS_NO_MEMORY, "out of memory for an output");
    return;
  }
  const int32_t rc = call(thread, node);
  if (rc < 0 || rc > RILL_MORE) {
    outputs_discard(node);
    fail(node, rc);
    return;
  }
  const char* breach = NULL;
  const int produced = outputs_collect(node, rc == RILL_MORE, &breach);
  if (breach) {
    engine_fail(engine, node, STATUS_BAD_PLUGIN, breach);
    return;
  }
  settle(node, rc, produced);
}
