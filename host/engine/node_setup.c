// SPDX-License-Identifier: ISC
#include "engine/node_setup.h"

#include "base/mem.h"
#include "engine/layout.h"
#include "engine/parallel.h"
#include "engine/services.h"

static const struct rill_port_desc*
port_of(const struct plan_node* node, const struct plan_slot* slot)
{
  return node->type->desc->ports[slot->slot.port];
}

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

enum status
node_init_as(struct node* node, struct engine* engine, uint32_t index,
             struct plan_node* plan)
{
  node->engine = engine;
  node->index = index;
  node->plan = plan;
  node->n_in = node->plan->n_in;
  node->n_out = node->plan->n_out;
  node->is_blocking = node->plan->type->desc->exec == RILL_EXEC_BLOCKING;
  return services_new(node->plan->id, node->plan->type->desc->name,
                      &engine->counts, &node->services)
           ? STATUS_NO_MEMORY
           : allocate_slots(node);
}

enum status
node_init(struct engine* engine, uint32_t index)
{
  engine->nodes[index].step = &engine->steps[index];
  return node_init_as(&engine->nodes[index], engine, index,
                      &engine->plan->nodes[index]);
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

void
node_allow_in_place(struct node* node, int yes)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    node->out[i].in_place = yes ? in_place_slot(node, i) : -1;
  }
}

static void
prepare_output(struct node* node, uint32_t i)
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
            &node->engine->counts);
}

enum status
node_prepare(struct node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    prepare_output(node, i);
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

void
node_let_inputs_go(struct node* node)
{
  parallel_reset(node);
  for (uint32_t i = 0; node->in && i < node->n_in; ++i) {
    buffer_unref(node->in[i].taken);
    node->in[i].taken = NULL;
  }
}

void
node_fini(struct node* node)
{
  parallel_fini(node);
  for (uint32_t i = 0; node->out && i < node->n_out; ++i) {
    mem_free(node->out[i].links);
    if (node->out[i].pool.counts) {
      pool_fini(&node->out[i].pool);
    }
  }
  services_free(node->services);
  mem_free_aligned(node->scratch);
  mem_free(node->in);
  mem_free(node->out);
  mem_free(node->ios);
  mem_free(node->io_pointers);
}
