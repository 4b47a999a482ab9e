// SPDX-License-Identifier: ISC
#include "engine/run.h"

#include "base/sys.h"
#include "engine/fail.h"
#include "engine/float_mode.h"
#include "engine/inputs.h"
#include "engine/outputs.h"
#include "engine/services.h"
#include "engine/timing.h"

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

// They were of this call. Rows, which have none, may pass again.
static void
events_read(struct node* node)
{
  node->block.n_events = 0;
  if (!node->is_aside && !node->is_stale) {
    atomic_fetch_and(&node->step->detour, ~(unsigned)DETOUR_EDIT);
  }
}

static int32_t
call(struct thread* thread, struct node* node)
{
  const unsigned mode = float_mode();
  const int64_t begin = thread->timed ? sys.now_ns() : 0;
  node->block.block = stat_get(&node->stats.n_calls);
  atomic_store_explicit(&thread->current, node, memory_order_relaxed);
  const int32_t rc = node->process(node->instance, &node->block);
  atomic_store_explicit(&thread->current, NULL, memory_order_relaxed);
  stat_add(&thread->n_calls, 1);
  if (node->block.n_events) {
    events_read(node);
  }
  restore_float_mode(mode);
  if (thread->timed) {
    timing_record(thread, node, begin, sys.now_ns());
  }
  stat_add(&node->stats.n_calls, 1);
  return rc;
}

static void
finish(struct node* node)
{
  node->phase = NODE_FINISHED;
  atomic_fetch_or(&node->step->detour, DETOUR_ENDED);
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
  if (!node->n_connected &&
      (node->is_asked_to_end ||
       atomic_load_explicit(&engine->stop, memory_order_relaxed))) {
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
  node_conclude(node, call(thread, node));
}

void
node_conclude(struct node* node, int32_t rc)
{
  if (rc < 0 || rc > RILL_MORE) {
    outputs_discard(node);
    fail(node, rc);
    return;
  }
  const char* breach = NULL;
  const int produced = outputs_collect(node, rc == RILL_MORE, &breach);
  if (breach) {
    engine_fail(node->engine, node, STATUS_BAD_PLUGIN, breach);
    return;
  }
  settle(node, rc, produced);
}
