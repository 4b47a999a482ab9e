// SPDX-License-Identifier: ISC
// From a plan to an engine that can run, and back to nothing.
#include "engine/engine.h"

#include "base/mem.h"
#include "engine/brief.h"
#include "engine/instance.h"
#include "engine/node_setup.h"
#include "engine/quiet.h"
#include "engine/parallel.h"
#include "engine/segment.h"
#include "engine/start.h"
#include "engine/state.h"
#include "engine/threads.h"
#include "engine/wiring.h"

#include <stdio.h>
#include <string.h>

static enum status
build(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    if (node_init(engine, i)) {
      return STATUS_NO_MEMORY;
    }
  }
  enum status st;
  if ((st = wiring_init(engine)) || (st = start_instances(engine))) {
    return st;
  }
  plan_compensate(engine->plan);
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    if (node_prepare(&engine->nodes[i]) || parallel_init(&engine->nodes[i])) {
      return STATUS_NO_MEMORY;
    }
  }
  brief_decide(engine);
  segments_make(engine);
  st = wiring_put_delays(engine);
  return st ? st : threads_init(engine);
}

// Nodes and links that can be inserted while the graph runs.
enum { ROOM = 32 };

enum status
engine_new(struct plan* plan, const struct engine_options* options,
           struct engine** out, struct engine_error* error)
{
  struct engine* const engine = mem_aligned(sizeof *engine);
  enum status st = STATUS_NO_MEMORY;
  if (!engine) {
    return st;
  }
  memset(engine, 0, sizeof *engine);
  engine->plan = plan;
  engine->options = *options;
  engine->n_room_nodes = plan->n_nodes + ROOM;
  engine->n_room_links = plan->n_links + ROOM;
  pthread_mutex_init(&engine->park_lock, NULL);
  engine->nodes = mem_new_array(struct node, engine->n_room_nodes);
  engine->steps = mem_aligned(sizeof *engine->steps * engine->n_room_nodes);
  engine->links = mem_aligned(sizeof *engine->links * engine->n_room_links);
  if (engine->nodes && engine->steps && engine->links) {
    memset(engine->steps, 0, sizeof *engine->steps * engine->n_room_nodes);
    memset(engine->links, 0, sizeof *engine->links * engine->n_room_links);
    engine->n_nodes = plan->n_nodes;
    engine->n_links = plan->n_links;
    st = build(engine);
  }
  if (!st) {
    *out = engine;
    return STATUS_OK;
  }
  if (error) {
    *error = engine->error;
    error->status = st;
    if (!error->text) {
      error->node = "";
      snprintf(error->storage, sizeof error->storage, "%s", status_text(st));
    }
    error->text = error->storage;
  }
  engine_free(engine);
  return st;
}

// Whatever is still queued goes home before homes are freed; instances let go
// of what they hold while the tables they call are still there.
void
engine_quiet(struct engine* engine)
{
  wiring_fini(engine);
  for (uint32_t i = engine->n_nodes; i-- > 0;) {
    node_let_inputs_go(&engine->nodes[i]);
    instance_stop(&engine->nodes[i]);
  }
}

void
engine_free(struct engine* engine)
{
  if (!engine) {
    return;
  }
  engine_quiet(engine);
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    node_fini(&engine->nodes[i]);
  }
  threads_fini(engine);
  mem_free(engine->trace);
  mem_free(engine->nodes);
  mem_free_aligned(engine->steps);
  mem_free_aligned(engine->links);
  pthread_mutex_destroy(&engine->park_lock);
  mem_free_aligned(engine);
}
