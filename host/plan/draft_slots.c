// SPDX-License-Identifier: ISC
#include "plan/draft_slots.h"

#include "base/mem.h"
#include "plan/plan_node.h"

static const struct rill_port_desc*
output_of(const struct graph* graph, const struct graph_link* link)
{
  return graph->nodes[link->from].type->desc->ports[link->from_port];
}

enum status
layout_init(struct layout* l, const struct graph* graph)
{
  const size_t n = graph->n_nodes;
  l->order = mem_new_array(uint32_t, n);
  l->rank = mem_new_array(uint32_t, n);
  l->n_multi = mem_new_array(uint32_t, n);
  l->n_taken = mem_new_array(uint32_t, n);
  l->first = mem_new_array(uint32_t, n + 1);
  if (!l->order || !l->rank || !l->n_multi || !l->n_taken || !l->first) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < graph->n_links; ++i) {
    const struct graph_link* const link = &graph->links[i];
    ++l->first[link->to + 1];
    if (output_of(graph, link)->flags & RILL_PORT_MULTI) {
      ++l->n_multi[link->from];
    }
  }
  for (uint32_t i = 0; i < n; ++i) {
    l->first[i + 1] += l->first[i];
  }
  return STATUS_OK;
}

void
layout_fini(struct layout* l)
{
  mem_free(l->order);
  mem_free(l->rank);
  mem_free(l->n_multi);
  mem_free(l->n_taken);
  mem_free(l->first);
}

static uint32_t
count_inputs(const struct graph* graph, const struct layout* l, uint32_t node)
{
  const struct rill_node_desc* const desc = graph->nodes[node].type->desc;
  uint32_t n = 0;
  for (uint32_t p = 0; p < desc->n_ports; ++p) {
    if (desc->ports[p]->direction == RILL_IN &&
        !(desc->ports[p]->flags & RILL_PORT_MULTI)) {
      ++n;
    }
  }
  for (uint32_t i = l->first[node]; i < l->first[node + 1]; ++i) {
    const uint32_t port = graph->links[i].to_port;
    n += (desc->ports[port]->flags & RILL_PORT_MULTI) != 0;
  }
  return n;
}

static uint32_t
count_outputs(const struct graph* graph, const struct layout* l, uint32_t node)
{
  const struct rill_node_desc* const desc = graph->nodes[node].type->desc;
  uint32_t n = l->n_multi[node];
  for (uint32_t p = 0; p < desc->n_ports; ++p) {
    n += desc->ports[p]->direction == RILL_OUT &&
         !(desc->ports[p]->flags & RILL_PORT_MULTI);
  }
  return n;
}

// An output that must be there has a format and a buffer, whoever reads it.
static void
name_outputs(struct plan_node* node)
{
  const struct rill_node_desc* const desc = node->type->desc;
  uint32_t slot = 0;
  for (uint32_t p = 0; p < desc->n_ports; ++p) {
    const struct rill_port_desc* const port = desc->ports[p];
    const int is_multi = (port->flags & RILL_PORT_MULTI) != 0;
    while (port->direction == RILL_OUT && slot < node->n_out) {
      node->out[slot].slot.connected = !(port->flags & RILL_PORT_OPTIONAL);
      node->out[slot++].slot.port = p;
      if (!is_multi) {
        break;
      }
    }
  }
}

enum status
draft_make_node(struct draft* draft, const struct layout* l, uint32_t index)
{
  const struct graph* const graph = draft->graph;
  const uint32_t from = l->order[index];
  const struct graph_node* const source = &graph->nodes[from];
  struct plan_node* const node = &draft->plan->nodes[index];

  node->type = source->type;
  node->n_in = count_inputs(graph, l, from);
  node->n_out = count_outputs(graph, l, from);
  if (plan_node_init(node, source->id, source->params)) {
    return STATUS_NO_MEMORY;
  }
  node->place = source->place;
  for (uint32_t i = 0; i < node->type->desc->n_params; ++i) {
    node->given[i] = source->param_places[i].line != 0;
  }
  name_outputs(node);
  return STATUS_OK;
}

// A single output has one slot, each link to a MULTI output one of its own.
static uint32_t
take_output(struct layout* l, const struct graph_link* link,
            struct plan_node* node)
{
  const uint32_t port = link->from_port;
  uint32_t slot = 0;
  while (node->out[slot].slot.port != port) {
    ++slot;
  }
  if (node->type->desc->ports[port]->flags & RILL_PORT_MULTI) {
    slot += l->n_taken[link->from]++;
  }
  node->out[slot].slot.connected = 1;
  return slot;
}

static void
connect(struct draft* draft, struct layout* l,
        const struct graph_link* link, uint32_t to_slot)
{
  struct plan* const plan = draft->plan;
  struct plan_link* const made = &plan->links[plan->n_links];
  struct plan_node* const to = &plan->nodes[l->rank[link->to]];

  made->from = l->rank[link->from];
  made->from_slot = take_output(l, link, &plan->nodes[made->from]);
  made->to = l->rank[link->to];
  made->to_slot = to_slot;
  made->capacity = PLAN_QUEUE;
  made->place = link->place;
  to->in[to_slot].link = (int32_t)plan->n_links++;
  to->in[to_slot].slot.connected = 1;
}

void
draft_make_links(struct draft* draft, struct layout* l, uint32_t index)
{
  const struct graph* const graph = draft->graph;
  struct plan_node* const node = &draft->plan->nodes[index];
  const struct rill_node_desc* const desc = node->type->desc;
  const uint32_t from = l->order[index];
  uint32_t slot = 0;

  for (uint32_t p = 0; p < desc->n_ports; ++p) {
    const int is_multi = (desc->ports[p]->flags & RILL_PORT_MULTI) != 0;
    if (desc->ports[p]->direction != RILL_IN) {
      continue;
    }
    if (!is_multi) {
      node->in[slot].slot.port = p;
    }
    for (uint32_t i = l->first[from]; i < l->first[from + 1]; ++i) {
      if (graph->links[i].to_port == p) {
        node->in[slot].slot.port = p;
        connect(draft, l, &graph->links[i], slot);
        slot += is_multi;
      }
    }
    slot += !is_multi;
  }
}
