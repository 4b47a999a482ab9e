// SPDX-License-Identifier: ISC
// From a plan to an engine that can run, and back to nothing.
#include "engine/engine.h"

#include "base/mem.h"
#include "engine/deque.h"
#include "engine/instance.h"
#include "engine/layout.h"
#include "engine/services.h"
#include "engine/state.h"

#include <stdio.h>
#include <string.h>

static const struct rill_port_desc*
port_of(const struct plan_node* node, const struct plan_slot* slot)
{
  return node->type->desc->ports[slot->slot.port];
}

// Links ----------------------------------------------------------------------

static enum status
connect_links(struct engine* engine)
{
  const struct plan* const plan = engine->plan;
  for (uint32_t i = 0; i < plan->n_links; ++i) {
    const struct plan_link* const from = &plan->links[i];
    struct link* const link = &engine->links[i];
    link->from = &engine->nodes[from->from];
    link->to = &engine->nodes[from->to];
    link->from_slot = from->from_slot;
    link->to_slot = from->to_slot;
    if (link_init(link, from->capacity)) {
      return STATUS_NO_MEMORY;
    }
    link->to->in[from->to_slot].link = link;
    ++link->from->out[from->from_slot].n_links;
  }
  return STATUS_OK;
}

static enum status
list_links_of_outputs(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    for (uint32_t k = 0; k < engine->nodes[i].n_out; ++k) {
      struct out_slot* const out = &engine->nodes[i].out[k];
      if (!(out->links = mem_new_array(struct link*, out->n_links))) {
        return STATUS_NO_MEMORY;
      }
      out->n_links = 0;
    }
  }
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    struct out_slot* const out =
      &engine->links[i].from->out[engine->links[i].from_slot];
    out->links[out->n_links++] = &engine->links[i];
  }
  return STATUS_OK;
}

// Silence in front of a link whose branch is ahead of its sisters.
static enum status
put_delays(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    struct link* const link = &engine->links[i];
    link->delay_frames = engine->plan->links[i].delay_frames;
    if (!link->delay_frames) {
      continue;
    }
    struct node* const from = link->from;
    struct rill_buffer* const silence = from->host.buffers->alloc(
      &from->host, from->out[link->from_slot].format, link->delay_frames);
    if (!silence) {
      return STATUS_NO_MEMORY;
    }
    silence->flags |= RILL_BUFFER_SILENT;
    link_push(link, buffer_of(silence));
  }
  return STATUS_OK;
}

// Nodes ----------------------------------------------------------------------

static enum slot_order
order_of(uint32_t port_flags)
{
  return port_flags & RILL_PORT_ALIGNED     ? SLOT_ALIGNED
         : port_flags & RILL_PORT_UNORDERED ? SLOT_UNORDERED
                                            : SLOT_TIMED;
}

static enum status
allocate_slots(struct node* node)
{
  const uint32_t n_ios = node->n_in + node->n_out;
  node->in = mem_new_array(struct in_slot, node->n_in);
  node->out = mem_new_array(struct out_slot, node->n_out);
  node->ios = mem_new_array(struct rill_io, n_ios);
  node->io_pointers = mem_new_array(struct rill_io*, n_ios);
  if (!node->in || !node->out || !node->ios || !node->io_pointers) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < n_ios; ++i) {
    node->ios[i].size = sizeof node->ios[i];
    node->io_pointers[i] = &node->ios[i];
  }
  for (uint32_t i = 0; i < node->n_in; ++i) {
    node->in[i].order = order_of(port_of(node->plan, &node->plan->in[i])->flags);
  }
  return STATUS_OK;
}

static enum status
node_init(struct engine* engine, uint32_t index)
{
  struct node* const node = &engine->nodes[index];
  node->engine = engine;
  node->index = index;
  node->plan = &engine->plan->nodes[index];
  node->n_in = node->plan->n_in;
  node->n_out = node->plan->n_out;
  node->is_blocking = node->plan->type->desc->exec == RILL_EXEC_BLOCKING;
  pool_init(&node->shells, NULL, 0, &engine->counts);
  services_init(node);
  return allocate_slots(node);
}

// The input whose memory the output may have, or -1.
static int32_t
in_place_slot(const struct node* node, uint32_t out_slot)
{
  const struct plan_slot* const out = &node->plan->out[out_slot];
  const uint32_t pair = port_of(node->plan, out)->in_place_pair;
  for (uint32_t i = 0; pair && i < node->n_in; ++i) {
    const struct plan_slot* const in = &node->plan->in[i];
    if (port_of(node->plan, in)->id == pair && node->in[i].link &&
        out->slot.max_frames <= in->slot.max_frames &&
        rill_same_format(&in->slot.format, &out->slot.format)) {
      return (int32_t)i;
    }
  }
  return -1;
}

static void
prepare_output(struct engine* engine, struct node* node, uint32_t i)
{
  struct out_slot* const out = &node->out[i];
  struct plan_slot* const slot = &node->plan->out[i];
  const struct rill_port_desc* const port = port_of(node->plan, slot);
  const int unused = port->flags & RILL_PORT_OPTIONAL && !out->n_links;
  out->format = &slot->slot.format;
  out->passthrough = port->flags & RILL_PORT_PASSTHROUGH || unused ||
                     !layout_n_planes(out->format);
  out->paired = port->in_place_pair != 0;
  out->in_place = in_place_slot(node, i);
  pool_init(&out->pool, out->format, out->n_frames ? out->n_frames : 1,
            &engine->counts);
}

static enum status
prepare_node(struct engine* engine, struct node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    prepare_output(engine, node, i);
  }
  for (uint32_t i = 0; i < node->n_in; ++i) {
    node->n_connected += node->in[i].link != NULL;
  }
  node->single = node->n_in == 1 && node->n_connected == 1;
  if (node->plan->scratch_bytes &&
      !(node->scratch = mem_aligned(node->plan->scratch_bytes))) {
    return STATUS_NO_MEMORY;
  }
  node->block = (struct rill_process){
    .size = sizeof node->block,
    .flags = RILL_PROCESS_OFFLINE,
    .n_in = node->n_in,
    .n_out = node->n_out,
    .in = node->io_pointers,
    .out = node->io_pointers + node->n_in,
    .scratch = node->scratch,
    .scratch_bytes = node->plan->scratch_bytes,
  };
  return STATUS_OK;
}

static void
node_fini(struct node* node)
{
  for (uint32_t i = 0; node->in && i < node->n_in; ++i) {
    buffer_unref(node->in[i].taken);
  }
  for (uint32_t i = 0; node->out && i < node->n_out; ++i) {
    mem_free(node->out[i].links);
  }
}

static void
node_free_pools(struct node* node)
{
  for (uint32_t i = 0; node->out && i < node->n_out; ++i) {
    if (node->out[i].pool.counts) {
      pool_fini(&node->out[i].pool);
    }
  }
  services_fini(node);
  mem_free_aligned(node->scratch);
  mem_free(node->in);
  mem_free(node->out);
  mem_free(node->ios);
  mem_free(node->io_pointers);
}

// Threads --------------------------------------------------------------------

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
  return thread->deferred && !deque_init(&thread->deque, engine->n_nodes)
           ? STATUS_OK
           : STATUS_NO_MEMORY;
}

static enum status
threads_init(struct engine* engine)
{
  uint32_t n_blocking = 0;
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    n_blocking += engine->nodes[i].is_blocking != 0;
  }
  const uint32_t n_workers = engine->plan->threads ? engine->plan->threads : 1;
  atomic_store(&engine->n_workers, n_workers);
  engine->n_threads = n_workers + n_blocking;
  engine->threads = mem_new_array(struct thread, engine->n_threads);
  if (!engine->threads || deque_init(&engine->injected, engine->n_nodes)) {
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

static void
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

// The whole ------------------------------------------------------------------

// The most frames of *to* that *n* frames of *from* can become in time; n where
// one of them has no rate.
static uint64_t
frames_at_rate(uint64_t n, const struct rill_format* from,
               const struct rill_format* to)
{
  const uint64_t a = (uint64_t)to->rate * from->rate_den;
  const uint64_t b = (uint64_t)from->rate * to->rate_den;
  return a == b || !a || !b ? n : (n * a + b - 1) / b + 1;
}

// What producers reported counts, not what the plan guessed: the largest buffer
// to expect, and so the largest one to make.
static void
spread_sizes(struct node* node)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    struct rill_slot* const in = &node->plan->in[i].slot;
    const struct link* const link = node->in[i].link;
    const uint32_t reported =
      link ? link->from->plan->out[link->from_slot].slot.max_frames : 0;
    in->max_frames = reported > in->max_frames ? reported : in->max_frames;
    for (uint32_t k = 0; link && k < node->n_out; ++k) {
      struct rill_slot* const out = &node->plan->out[k].slot;
      const uint64_t n = frames_at_rate(in->max_frames, &in->format, &out->format);
      out->max_frames = n > out->max_frames ? (uint32_t)n : out->max_frames;
    }
  }
}

// Texts have no length before they are written.
enum { PAYLOAD_BYTES = 65536 };

static void
size_payloads(struct node* node)
{
  for (uint32_t k = 0; k < node->n_out; ++k) {
    struct rill_slot* const out = &node->plan->out[k].slot;
    const uint32_t kind = out->format.kind;
    if (kind != RILL_KIND_AUDIO && kind != RILL_KIND_TENSOR &&
        kind != RILL_KIND_VIDEO) {
      out->max_frames = PAYLOAD_BYTES;
    }
  }
}

static enum status
start_instances(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    struct node* const node = &engine->nodes[i];
    spread_sizes(node);
    size_payloads(node);
    const enum status st = instance_start(node);
    if (st) {
      engine_fail(engine, node, st,
                  node->error_text[0] ? node->error_text : status_text(st));
      return st;
    }
  }
  return STATUS_OK;
}

static enum status
build(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    if (node_init(engine, i)) {
      return STATUS_NO_MEMORY;
    }
  }
  enum status st;
  if ((st = connect_links(engine)) || (st = list_links_of_outputs(engine)) ||
      (st = start_instances(engine))) {
    return st;
  }
  plan_compensate(engine->plan);
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    if (prepare_node(engine, &engine->nodes[i])) {
      return STATUS_NO_MEMORY;
    }
  }
  if ((st = put_delays(engine))) {
    return st;
  }
  return threads_init(engine);
}

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
  pthread_mutex_init(&engine->park_lock, NULL);
  engine->nodes = mem_new_array(struct node, plan->n_nodes);
  engine->links = mem_aligned(sizeof *engine->links * (plan->n_links + 1));
  if (engine->nodes && engine->links) {
    memset(engine->links, 0, sizeof *engine->links * (plan->n_links + 1));
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

void
engine_free(struct engine* engine)
{
  if (!engine) {
    return;
  }
  // Whatever is still queued goes home before homes are freed; instances let
  // go of what they hold while the tables they call are still there.
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    link_fini(&engine->links[i]);
  }
  for (uint32_t i = engine->n_nodes; i-- > 0;) {
    node_fini(&engine->nodes[i]);
    instance_stop(&engine->nodes[i]);
  }
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    node_free_pools(&engine->nodes[i]);
  }
  threads_fini(engine);
  mem_free(engine->trace);
  mem_free(engine->nodes);
  mem_free_aligned(engine->links);
  pthread_mutex_destroy(&engine->park_lock);
  mem_free_aligned(engine);
}
