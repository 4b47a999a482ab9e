// SPDX-License-Identifier: ISC
#include "engine/again.h"

#include "base/mem.h"
#include "engine/deque.h"
#include "engine/node_setup.h"
#include "engine/outputs.h"
#include "engine/seam.h"
#include "engine/segment.h"
#include "engine/services.h"
#include "engine/state.h"
#include "engine/wiring.h"

#include <stdio.h>
#include <string.h>

// Whatever a run that was cut short left in it goes home.
static void
reset_link(struct link* link)
{
  for (struct buffer* b; (b = link_peek(link));) {
    link_pop(link);
    buffer_unref(b);
  }
  atomic_store(&link->head, 0);
  atomic_store(&link->tail, 0);
  atomic_store(&link->ended, 0);
  atomic_store(&link->closed, 0);
  atomic_store(&link->want_room, 0);
  link->n_used = 0;
}

static void
reset_stats(struct node_stats* s)
{
  atomic_uint_fast64_t* const counts[] = { &s->n_calls,    &s->frames_in,
                                           &s->frames_out, &s->buffers_out,
                                           &s->busy_ns,    &s->max_ns,
                                           &s->wait_ns };
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; ++i) {
    atomic_store(counts[i], 0);
  }
  for (int i = 0; i < ENGINE_HISTOGRAM; ++i) {
    atomic_store(&s->histogram[i], 0);
  }
}

static void
reset_slots(struct node* node)
{
  outputs_discard(node);
  node->again = 0;
  node_let_inputs_go(node);
  for (uint32_t i = 0; i < node->n_out; ++i) {
    struct out_slot* const out = &node->out[i];
    out->n_produced = 0;
    out->next_pos = 0;
    out->stream_id = 0;
    out->n_sent = 0;
  }
}

static enum status
reset_node(struct node* node)
{
  const struct rill_node_ops* const ops = node->instance->ops;
  reset_slots(node);
  reset_stats(&node->stats);
  atomic_store(&node->state, 0);
  atomic_store(&node->seam, SEAM_SHUT);
  atomic_store(&node->deferred, 0);
  node->phase = NODE_RUNNING;
  node->block.flags &= ~(uint32_t)RILL_PROCESS_DRAINING;
  node->n_idle_calls = 0;
  node->noted_out = 0;
  node->services->error_text[0] = '\0';
  const int32_t rc =
    RILL_HAS(ops, reset) && ops->reset ? ops->reset(node->instance) : RILL_OK;
  if (rc >= 0) {
    return STATUS_OK;
  }
  const enum status st = status_from_plugin(rc);
  return st ? st : STATUS_BAD_PLUGIN;
}

static void
empty(struct deque* deque)
{
  while (deque_pop(deque)) {
  }
}

// All have ended; the next run starts those that it needs.
static void
reset_threads(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_threads; ++i) {
    struct thread* const thread = &engine->threads[i];
    atomic_store(&thread->started, 0);
    atomic_store(&thread->wake, 0);
    thread->parked = 0;
    thread->n_deferred = 0;
    thread->n_unasked = 0;
    thread->busy_since_ns = 0;
    thread->n_events = 0;
    empty(&thread->deque);
  }
  empty(&engine->injected);
  atomic_store(&engine->n_parked_workers, 0);
}

static void
reset_run(struct engine* engine)
{
  mem_free(engine->trace);
  engine->trace = NULL;
  engine->n_trace = 0;
  engine->totals = (struct engine_totals){ 0 };
  engine->error = (struct engine_error){ 0 };
  atomic_store(&engine->failed, 0);
  atomic_store(&engine->stop, 0);
  atomic_store(&engine->halt, 0);
  atomic_store(&engine->run_phase, 0);
  atomic_store(&engine->n_asked, 0);
}

static void
say(const struct node* node, enum status status, struct engine_error* error)
{
  *error = (struct engine_error){ .status = status, .node = node->plan->id };
  snprintf(error->storage, sizeof error->storage, "reset: %s",
           node->services->error_text[0] ? node->services->error_text : status_text(status));
  error->text = error->storage;
}

enum status
engine_reset(struct engine* engine, struct engine_error* error)
{
  reset_run(engine);
  reset_threads(engine);
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    reset_link(&engine->links[i]);
  }
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    struct node* const node = &engine->nodes[i];
    const enum status st = reset_node(node);
    if (st && error) {
      say(node, st, error);
    }
    if (st) {
      return st;
    }
  }
  segments_make(engine);
  const enum status st = wiring_put_delays(engine);
  if (st && error) {
    *error = (struct engine_error){ .status = st, .node = "",
                                    .text = status_text(st) };
  }
  return st;
}
