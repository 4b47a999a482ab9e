// SPDX-License-Identifier: ISC
#include "plan/draft.h"

#include "base/mem.h"
#include "base/text.h"
#include "plan/draft_slots.h"
#include "plan/order.h"
#include "spec/codes.h"

enum { LONG_PATH = 400 };

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
  struct finding f = { .code = n == 1 ? code_self_loop : code_cycle,
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
make_plan(struct draft* draft, struct layout* l)
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
    if (draft_make_node(draft, l, i)) {
      return STATUS_NO_MEMORY;
    }
  }
  for (uint32_t i = 0; i < graph->n_nodes; ++i) {
    draft_make_links(draft, l, i);
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
