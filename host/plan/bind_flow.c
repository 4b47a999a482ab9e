// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "plan/bind.h"
#include "plan/ports.h"
#include "spec/codes.h"

// Who feeds whom, and what that leads to. The links of a graph are grouped by
// consumer: those of node k are first[k] .. first[k + 1] - 1.
struct flow {
  const struct graph* graph;
  uint32_t* first;
  uint32_t* waiting; // nodes whose producers have not been marked
  unsigned char* leads_on;
};

static int
is_sink(const struct graph_node* node)
{
  const struct rill_node_desc* const desc = node->type->desc;
  return (desc->flags & RILL_NODE_COMMITS) || !port_count(desc, RILL_OUT);
}

static int
may_start(const struct graph_node* node)
{
  const struct rill_node_desc* const desc = node->type->desc;
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    const struct rill_port_desc* const port = desc->ports[i];
    if (port->direction == RILL_IN && !(port->flags & RILL_PORT_OPTIONAL)) {
      return 0;
    }
  }
  return 1;
}

static enum status
flow_init(struct flow* flow, const struct graph* graph)
{
  const size_t n = graph->n_nodes;
  flow->graph = graph;
  flow->first = mem_new_array(uint32_t, n + 1);
  flow->waiting = mem_new_array(uint32_t, n);
  flow->leads_on = mem_new_array(unsigned char, n);
  if (!flow->first || !flow->waiting || !flow->leads_on) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < graph->n_links; ++i) {
    ++flow->first[graph->links[i].to + 1];
  }
  for (uint32_t i = 0; i < n; ++i) {
    flow->first[i + 1] += flow->first[i];
  }
  return STATUS_OK;
}

static void
flow_fini(struct flow* flow)
{
  mem_free(flow->first);
  mem_free(flow->waiting);
  mem_free(flow->leads_on);
}

static uint32_t
mark(struct flow* flow, uint32_t node, uint32_t n_waiting)
{
  if (!flow->leads_on[node]) {
    flow->leads_on[node] = 1;
    flow->waiting[n_waiting++] = node;
  }
  return n_waiting;
}

// Marks the sinks and all that leads to them; gives the number of sinks.
static uint32_t
mark_from_sinks(struct flow* flow)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < flow->graph->n_nodes; ++i) {
    n = is_sink(&flow->graph->nodes[i]) ? mark(flow, i, n) : n;
  }
  const uint32_t n_sinks = n;
  while (n) {
    const uint32_t node = flow->waiting[--n];
    for (uint32_t i = flow->first[node]; i < flow->first[node + 1]; ++i) {
      n = mark(flow, flow->graph->links[i].from, n);
    }
  }
  return n_sinks;
}

static void
refuse_whole(struct bind* b, const char* code, const char* text,
             const char* hint)
{
  struct finding f = { .code = code, .hint = hint };
  f.place.file = diags_file(b->verdict.diags, b->spec->file);
  f.place.length = 1;
  verdict_refuse(&b->verdict, &f, "%s", text);
}

static void
check_sinks(struct bind* b, struct flow* flow)
{
  if (!mark_from_sinks(flow)) {
    refuse_whole(b, code_no_sink,
                 "the graph has no sink: nothing would take what it makes",
                 "add a node such as file.write or null");
    return;
  }
  for (uint32_t i = 0; i < flow->graph->n_nodes; ++i) {
    const struct graph_node* const node = &flow->graph->nodes[i];
    if (!flow->leads_on[i]) {
      const struct finding f = { .code = code_leads_nowhere,
                                 .place = node->place };
      verdict_warn(&b->verdict, &f, "node '%s' leads to no sink: what it makes "
                   "is thrown away", node->id);
    }
  }
}

// In a graph without source either something is left open, or all nodes wait
// in circles, of which the plan has more to say.
static void
check_sources(struct bind* b, const struct flow* flow)
{
  int is_open = !flow->graph->n_nodes;
  for (uint32_t i = 0; i < flow->graph->n_nodes; ++i) {
    if (flow->first[i] == flow->first[i + 1]) {
      if (may_start(&flow->graph->nodes[i])) {
        return;
      }
      is_open = 1;
    }
  }
  if (is_open) {
    refuse_whole(b, code_no_source,
                 "the graph has no source: nothing would ever run",
                 "add a node such as file.read or tone");
  }
}

void
bind_check_flow(struct bind* b)
{
  struct flow flow = { 0 };
  if (flow_init(&flow, b->graph)) {
    verdict_no_memory(&b->verdict);
  } else {
    const int is_right = !b->verdict.status;
    check_sources(b, &flow);
    if (is_right) {
      check_sinks(b, &flow);
    }
  }
  flow_fini(&flow);
}
