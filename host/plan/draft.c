// SPDX-License-Identifier: ISC
#include "plan/draft.h"

#include "base/mem.h"
#include "base/text.h"
#include "plan/order.h"
#include "plan/plan_node.h"
#include "plan/ports.h"

enum { LONG_PATH = 400 };

// Where the nodes of the graph went.
struct layout {
  uint32_t* order;   // graph node of each plan node
  uint32_t* rank;    // plan node of each graph node
  uint32_t* n_multi; // links to the MULTI output of each graph node
  uint32_t* first;   // of each graph node: its first link, they are grouped
};

static void
layout_fini(struct layout* l)
{
  mem_free(l->order);
  mem_free(l->rank);
  mem_free(l->n_multi);
  mem_free(l->first);
}

static const struct rill_port_desc*
output_of(const struct graph* graph, const struct graph_link* link)
{
  return graph->nodes[link->from].type->desc->ports[link->from_port];
}

static enum status
layout_init(struct layout* l, const struct graph* graph)
{
  const size_t n = graph->n_nodes;
  l->order = mem_new_array(uint32_t, n);
  l->rank = mem_new_array(uint32_t, n);
  l->n_multi = mem_new_array(uint32_t, n);
  l->first = mem_new_array(uint32_t, n + 1);
  if (!l->order || !l->rank || !l->n_multi || !l->first) {
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

// The link that closes the circle: from its last node to its first.
static const struct graph_link*
closing_link(const struct graph* graph, uint32_t from, uint32_t to)
{
  for (uint32_t i = 0; i < graph->n_links; ++i) {
    if (graph->links[i].from == from && graph->links[i].to == to) {
      return &graph->links[i];
    }
  }
  return graph->links; // not reached
}

static void
print_cycle(const struct graph* graph, const uint32_t* cycle, uint32_t n,
            struct text* out)
{
  for (uint32_t i = 0; i < n; ++i) {
    text_add(out, "%s -> ", graph->nodes[cycle[i]].id);
  }
  text_add(out, "%s", graph->nodes[cycle[0]].id);
}

// A long path goes where lines may be long.
static void
refuse_cycle(struct draft* draft, const uint32_t* cycle, uint32_t n)
{
  const struct graph* const graph = draft->graph;
  struct text path = { 0 };
  struct finding f = { .code = n == 1 ? "G036" : "G035",
                       .place =
                         closing_link(graph, cycle[n - 1], cycle[0])->place };
  print_cycle(graph, cycle, n, &path);
  if (n == 1) {
    f.hint = "read another node";
    verdict_refuse(&draft->verdict, &f, "node '%s' reads its own output",
                   graph->nodes[cycle[0]].id);
  } else if (path.n < LONG_PATH) {
    f.hint = "data flows one way: take one of these links out";
    verdict_refuse(&draft->verdict, &f, "the links form a cycle: %s",
                   text_get(&path));
  } else {
    f.hint = text_get(&path);
    verdict_refuse(&draft->verdict, &f, "the links form a cycle of %u nodes",
                   n);
  }
  text_fini(&path);
}

static enum status
sort_nodes(struct draft* draft, struct layout* l)
{
  const struct graph* const graph = draft->graph;
  struct order_link* const links =
    mem_new_array(struct order_link, graph->n_links);
  uint32_t n_cycle = 0;
  if (!links) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < graph->n_links; ++i) {
    links[i] = (struct order_link){ graph->links[i].from, graph->links[i].to };
  }
  const enum status st =
    order_sort(graph->n_nodes, links, graph->n_links, l->order, &n_cycle);
  mem_free(links);
  if (n_cycle) {
    refuse_cycle(draft, l->order, n_cycle);
  }
  for (uint32_t i = 0; !st && i < graph->n_nodes; ++i) {
    l->rank[l->order[i]] = i;
  }
  return st;
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

static void
name_outputs(struct plan_node* node)
{
  const struct rill_node_desc* const desc = node->type->desc;
  uint32_t slot = 0;
  for (uint32_t p = 0; p < desc->n_ports; ++p) {
    const struct rill_port_desc* const port = desc->ports[p];
    const int is_multi = (port->flags & RILL_PORT_MULTI) != 0;
    while (port->direction == RILL_OUT && slot < node->n_out) {
      node->out[slot++].slot.port = p;
      if (!is_multi) {
        break;
      }
    }
  }
}

static enum status
make_node(struct draft* draft, const struct layout* l, uint32_t index)
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
take_output(struct plan_node* node, uint32_t port)
{
  const int is_multi =
    (node->type->desc->ports[port]->flags & RILL_PORT_MULTI) != 0;
  uint32_t slot = 0;
  while (node->out[slot].slot.port != port ||
         (is_multi && node->out[slot].slot.connected)) {
    ++slot;
  }
  node->out[slot].slot.connected = 1;
  return slot;
}

static void
connect(struct draft* draft, const struct layout* l,
        const struct graph_link* link, uint32_t to_slot)
{
  struct plan* const plan = draft->plan;
  struct plan_link* const made = &plan->links[plan->n_links];
  struct plan_node* const to = &plan->nodes[l->rank[link->to]];

  made->from = l->rank[link->from];
  made->from_slot = take_output(&plan->nodes[made->from], link->from_port);
  made->to = l->rank[link->to];
  made->to_slot = to_slot;
  made->capacity = PLAN_QUEUE;
  made->place = link->place;
  to->in[to_slot].link = (int32_t)plan->n_links++;
  to->in[to_slot].slot.connected = 1;
}

// The slots of a node's inputs: one a port, of a MULTI port one a link.
static void
make_inputs(struct draft* draft, const struct layout* l, uint32_t index)
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

// Gathers the links of each output slot.
static enum status
make_fans(struct draft* draft)
{
  const struct plan* const plan = draft->plan;
  draft->first_slot = mem_new_array(uint32_t, (size_t)plan->n_nodes + 1);
  if (!draft->first_slot) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    draft->first_slot[i + 1] = draft->first_slot[i] + plan->nodes[i].n_out;
  }
  const uint32_t n = draft->first_slot[plan->n_nodes];
  draft->first_fan = mem_new_array(uint32_t, (size_t)n + 2);
  draft->fans = mem_new_array(uint32_t, plan->n_links);
  draft->wishes = mem_new_array(struct wish, n);
  if (!draft->first_fan || !draft->fans || !draft->wishes) {
    return STATUS_NO_MEMORY;
  }
  uint32_t* const next = draft->first_fan + 1; // becomes first_fan when filled
  for (uint32_t i = 0; i < plan->n_links; ++i) {
    const struct plan_link* const link = &plan->links[i];
    ++next[draft->first_slot[link->from] + link->from_slot + 1];
  }
  for (uint32_t s = 0; s < n; ++s) {
    next[s + 1] += next[s];
  }
  for (uint32_t i = 0; i < plan->n_links; ++i) {
    const struct plan_link* const link = &plan->links[i];
    draft->fans[next[draft->first_slot[link->from] + link->from_slot]++] = i;
  }
  return STATUS_OK;
}

static enum status
make_plan(struct draft* draft, const struct layout* l)
{
  const struct graph* const graph = draft->graph;
  struct plan* const plan = draft->plan;

  plan->nodes = mem_new_array(struct plan_node, graph->n_nodes);
  plan->links = mem_new_array(struct plan_link, graph->n_links);
  draft->chains = mem_new_array(struct chain*, graph->n_links);
  draft->states = mem_new_array(struct node_state, graph->n_nodes);
  if (!plan->nodes || !plan->links || !draft->chains || !draft->states) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < graph->n_nodes; ++i) {
    plan->n_nodes = i + 1;
    if (make_node(draft, l, i)) {
      return STATUS_NO_MEMORY;
    }
  }
  for (uint32_t i = 0; i < graph->n_nodes; ++i) {
    make_inputs(draft, l, i);
  }
  return make_fans(draft);
}

enum status
draft_init(struct draft* draft, const struct graph* graph)
{
  struct layout l = { 0 };
  draft->graph = graph;
  draft->n_nodes = graph->n_nodes;
  draft->n_links = graph->n_links;
  enum status st = layout_init(&l, graph);
  st = st ? st : sort_nodes(draft, &l);
  st = st ? st : make_plan(draft, &l);
  layout_fini(&l);
  return st;
}

const uint32_t*
draft_fan(const struct draft* draft, uint32_t node, uint32_t slot, uint32_t* n)
{
  const uint32_t s = draft->first_slot[node] + slot;
  *n = draft->first_fan[s + 1] - draft->first_fan[s];
  return draft->fans + draft->first_fan[s];
}

struct wish*
draft_wish(const struct draft* draft, uint32_t node, uint32_t slot)
{
  return &draft->wishes[draft->first_slot[node] + slot];
}

void
draft_fini(struct draft* draft)
{
  for (uint32_t i = 0; draft->chains && i < draft->n_links; ++i) {
    if (draft->chains[i]) {
      chain_fini(draft->chains[i]);
      mem_free(draft->chains[i]);
    }
  }
  for (uint32_t i = 0; draft->states && i < draft->n_nodes; ++i) {
    mem_free(draft->states[i].formats);
    mem_free(draft->states[i].reason);
  }
  for (uint32_t i = 0;
       draft->wishes && i < draft->first_slot[draft->n_nodes]; ++i) {
    mem_free(draft->wishes[i].sets);
  }
  mem_free(draft->chains);
  mem_free(draft->states);
  mem_free(draft->wishes);
  mem_free(draft->first_slot);
  mem_free(draft->first_fan);
  mem_free(draft->fans);
}
