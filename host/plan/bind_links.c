// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "base/text.h"
#include "harness/nearest.h"
#include "plan/bind.h"
#include "plan/ports.h"
#include "spec/codes.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t not_found = UINT32_MAX;

// One word of an `in`, on its way to be a link.
struct reader {
  struct bind* b;
  uint32_t node; // the consumer
  const struct spec_input* input;
  struct place port_place; // of the consumer's port in the file
};

static int
compare_to_entry(const void* id, const void* entry)
{
  return strcmp(id, ((const struct id_entry*)entry)->id);
}

static uint32_t
find_node(const struct bind* b, const char* id)
{
  const struct id_entry* const entry = bsearch(
    id, b->by_id, b->graph->n_nodes, sizeof *b->by_id, compare_to_entry);
  return entry ? entry->node : not_found;
}

static const char*
nearest_id(const struct bind* b, const char* id)
{
  const uint32_t n = b->graph->n_nodes;
  const char** const ids = mem_new_array(const char*, n);
  for (uint32_t i = 0; ids && i < n; ++i) {
    ids[i] = b->spec->nodes[i].id.text; // file order decides ties
  }
  const char* const nearest = ids ? rill_nearest(id, ids, n) : NULL;
  mem_free(ids);
  return nearest;
}

// In `in: a.port`, *a*.
static size_t
node_length(const struct reader* r)
{
  return strcspn(r->input->source.text, ".");
}

static void
refuse_node(const struct reader* r)
{
  struct bind* const b = r->b;
  const struct word* const source = &r->input->source;
  const int skip = verdict_is_long(&b->verdict);
  char* const hint =
    hint_for(skip ? NULL : nearest_id(b, r->input->source_node), NULL);
  const struct finding f = { .code = code_unknown_source,
                             .place =
                               place_part(source->place, source->quoted != 0,
                                          node_length(r)),
                             .hint = hint };
  verdict_refuse(&b->verdict, &f, "node '%s' reads unknown node '%s'",
                 b->graph->nodes[r->node].id, r->input->source_node);
  mem_free(hint);
}

static struct place
source_port_place(const struct reader* r)
{
  const struct word* const source = &r->input->source;
  const size_t n = node_length(r);
  const size_t quote = source->quoted != 0;
  return source->text[n] ? place_part(source->place, quote + n + 1,
                                      strlen(source->text + n + 1))
                         : source->place;
}

// A port that is not MULTI has one producer.
static int
refuse_second(const struct reader* r, uint32_t port, uint32_t first_link)
{
  struct bind* const b = r->b;
  const struct graph* const graph = b->graph;
  const struct graph_node* const node = &graph->nodes[r->node];
  const struct rill_port_desc* const desc = node->type->desc->ports[port];

  if (desc->flags & RILL_PORT_MULTI) {
    return 0;
  }
  for (uint32_t i = first_link; i < graph->n_links; ++i) {
    if (graph->links[i].to_port == port) {
      const struct finding f = {
        .code = code_fed_twice,
        .place = r->input->source.place,
        .hint = "put a node such as 'mix' in front to join two streams",
        .other = &graph->links[i].place
      };
      verdict_refuse(&b->verdict, &f, "input '%s' of node '%s' is fed twice",
                     desc->symbol, node->id);
      return 1;
    }
  }
  return 0;
}

// Gives whether the consumer has such a port.
static int
read_input(const struct reader* r, uint32_t first_link)
{
  struct bind* const b = r->b;
  struct graph* const graph = b->graph;
  const struct spec_input* const input = r->input;
  const uint32_t from = find_node(b, input->source_node);
  struct graph_link link = { .from = from,
                             .to = r->node,
                             .place = input->source.place };
  if (from == not_found) {
    refuse_node(r);
    return 1;
  }
  // The ports of an unknown type cannot be checked, and it has been refused.
  const struct graph_node* const source = &graph->nodes[from];
  const struct graph_node* const sink = &graph->nodes[r->node];
  if (source->type) {
    link.from_port = bind_port(
      b, &(struct search){ source, input->source_port, RILL_OUT,
                           source_port_place(r) });
  }
  if (!sink->type) {
    return 1;
  }
  link.to_port = bind_port(
    b, &(struct search){ sink, input->port.text, RILL_IN, r->port_place });
  if (link.to_port == sink->type->desc->n_ports) {
    return 0;
  }
  if (!refuse_second(r, link.to_port, first_link)) {
    graph->links[graph->n_links++] = link;
  }
  return 1;
}

static void
refuse_open(struct bind* b, const struct graph_node* node,
            const struct rill_port_desc* port)
{
  struct text hint = { 0 };
  if (port_count(node->type->desc, RILL_IN) == 1) {
    text_add(&hint, "add 'in: NODE'");
  } else {
    text_add(&hint, "add 'in: {%s: NODE}'", port->symbol);
  }
  const struct finding f = { .code = code_open_input,
                             .place = node->place,
                             .hint = text_get(&hint) };
  verdict_refuse(&b->verdict, &f, "input '%s' of node '%s' is not connected",
                 port->symbol, node->id);
  text_fini(&hint);
}

// A link that was refused leaves its port open: that is one error, not two.
static int
was_tried(const struct spec_node* node, const struct rill_port_desc* port,
          int is_first)
{
  for (uint32_t i = 0; i < node->n_inputs; ++i) {
    const char* const symbol = node->inputs[i].port.text;
    if (symbol[0] ? !strcmp(symbol, port->symbol) : is_first) {
      return 1;
    }
  }
  return 0;
}

static void
check_open(struct bind* b, uint32_t index)
{
  const struct graph_node* const node = &b->graph->nodes[index];
  const struct rill_node_desc* const desc = node->type->desc;
  int is_first = 1;

  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    const struct rill_port_desc* const port = desc->ports[i];
    if (port->direction != RILL_IN) {
      continue;
    }
    if (!(port->flags & RILL_PORT_OPTIONAL) &&
        !was_tried(&b->spec->nodes[index], port, is_first)) {
      refuse_open(b, node, port);
    }
    is_first = 0;
  }
}

// Where the file names the consumer's port, or else its producer.
static struct place
port_place(const struct spec_input* input)
{
  return input->port.text[0] && input->port.place.line ? input->port.place
                                                       : input->source.place;
}

void
bind_links(struct bind* b)
{
  for (uint32_t i = 0; i < b->spec->n_nodes; ++i) {
    const struct spec_node* const node = &b->spec->nodes[i];
    const uint32_t first_link = b->graph->n_links;
    int ports_known = 1;
    for (uint32_t k = 0; k < node->n_inputs; ++k) {
      const struct spec_input* const input = &node->inputs[k];
      ports_known &= read_input(
        &(struct reader){ b, i, input, port_place(input) }, first_link);
    }
    // A port that is misspelt is not one that was forgotten.
    if (b->graph->nodes[i].type && ports_known) {
      check_open(b, i);
    }
  }
}
