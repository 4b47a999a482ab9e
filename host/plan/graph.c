// SPDX-License-Identifier: ISC
#include "plan/graph.h"

#include "base/mem.h"
#include "base/text.h"
#include "plan/bind.h"
#include "plan/values.h"
#include "spec/codes.h"

#include <stdlib.h>
#include <string.h>

struct place
place_part(struct place place, size_t skip, size_t length)
{
  place.column += (uint32_t)skip;
  place.length = length ? (uint32_t)length : 1;
  return place;
}

char*
hint_for(const char* name, const char* otherwise)
{
  struct text hint = { 0 };
  if (name) {
    text_add(&hint, "did you mean '%s'?", name);
  } else if (otherwise) {
    text_add(&hint, "%s", otherwise);
  } else {
    return NULL;
  }
  return text_take(&hint);
}

// A plugin file that is named as the type is and did not load.
static const struct registry_failure*
find_failure(const struct bind* b, const char* type)
{
  const size_t n = strcspn(type, ".");
  for (uint32_t i = 0; i < registry_n_failures(b->registry); ++i) {
    const struct registry_failure* const f =
      registry_get_failure(b->registry, i);
    const char* const slash = strrchr(f->path, '/');
    const char* const file = slash ? slash + 1 : f->path;
    if (!strncmp(file, type, n) && !strcmp(file + n, ".so")) {
      return f;
    }
  }
  return NULL;
}

static void
refuse_type(struct bind* b, const struct spec_node* node)
{
  const char* const type = node->type.text;
  struct finding f = { .code = code_unknown_type, .place = node->type.place };
  const struct registry_failure* const failure = find_failure(b, type);
  if (failure) {
    f.code = code_plugin_failed;
    f.status = STATUS_BAD_PLUGIN;
    verdict_refuse(&b->verdict, &f, "node '%s': the plugin of '%s' did not "
                   "load: %s: %s", node->id.text, type, failure->path,
                   failure->reason);
    return;
  }
  const int skip = verdict_is_long(&b->verdict);
  char* const hint = hint_for(skip ? NULL : registry_suggest(b->registry, type),
                              "'rill list' shows all node types");
  f.hint = hint;
  verdict_refuse(&b->verdict, &f, "node '%s' has the unknown type '%s'",
                 node->id.text, type);
  mem_free(hint);
}

static void
bind_node(struct bind* b, uint32_t index)
{
  const struct spec_node* const from = &b->spec->nodes[index];
  struct graph_node* const node = &b->graph->nodes[index];

  node->place = from->id.place;
  if (!(node->id = mem_strdup(from->id.text))) {
    verdict_no_memory(&b->verdict);
  } else if (!(node->type = registry_find(b->registry, from->type.text))) {
    if (registry_status(b->registry)) {
      verdict_no_memory(&b->verdict);
    } else {
      refuse_type(b, from);
    }
  } else {
    bind_params(b, index);
  }
}

static int
compare_ids(const void* a, const void* b)
{
  const struct id_entry* const x = a;
  const struct id_entry* const y = b;
  return strcmp(x->id, y->id);
}

static enum status
make_room(struct bind* b)
{
  const struct spec* const spec = b->spec;
  struct graph* const graph = b->graph;
  size_t n_links = 0;

  for (uint32_t i = 0; i < spec->n_nodes; ++i) {
    n_links += spec->nodes[i].n_inputs;
  }
  graph->nodes = mem_new_array(struct graph_node, spec->n_nodes);
  graph->links = mem_new_array(struct graph_link, n_links);
  b->by_id = mem_new_array(struct id_entry, spec->n_nodes);
  if (!graph->nodes || !graph->links || !b->by_id) {
    return STATUS_NO_MEMORY;
  }
  graph->n_nodes = spec->n_nodes;
  for (uint32_t i = 0; i < spec->n_nodes; ++i) {
    b->by_id[i] = (struct id_entry){ spec->nodes[i].id.text, i };
  }
  qsort(b->by_id, spec->n_nodes, sizeof *b->by_id, compare_ids);
  return STATUS_OK;
}

static int
all_types_known(const struct bind* b)
{
  uint32_t n = 0;
  while (n < b->graph->n_nodes && b->graph->nodes[n].type) {
    ++n;
  }
  return n == b->graph->n_nodes;
}

static enum status
bind_all(struct bind* b)
{
  if (make_room(b)) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < b->graph->n_nodes; ++i) {
    bind_node(b, i);
  }
  if (b->verdict.status != STATUS_NO_MEMORY) {
    bind_links(b);
  }
  if (all_types_known(b)) {
    bind_check_flow(b);
  }
  if (!b->verdict.status) {
    bind_check_paths(b);
  }
  return b->verdict.status;
}

enum status
graph_bind(const struct spec* spec, struct registry* registry,
           struct diags* diags, struct graph** out)
{
  struct bind b = { .spec = spec,
                    .registry = registry,
                    .graph = mem_new(struct graph),
                    .verdict = { .diags = diags } };
  if (!b.graph) {
    return STATUS_NO_MEMORY;
  }
  b.graph->spec = spec;
  const enum status st = bind_all(&b);
  mem_free(b.by_id);
  if (st) {
    graph_free(b.graph);
    return st;
  }
  *out = b.graph;
  return STATUS_OK;
}

void
graph_free(struct graph* graph)
{
  if (!graph) {
    return;
  }
  for (uint32_t i = 0; i < graph->n_nodes; ++i) {
    struct graph_node* const node = &graph->nodes[i];
    values_free(node->params, node->params ? node->type->desc->n_params : 0);
    mem_free(node->param_places);
    mem_free(node->id);
  }
  mem_free(graph->nodes);
  mem_free(graph->links);
  mem_free(graph);
}
