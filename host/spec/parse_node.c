// SPDX-License-Identifier: ISC
// Nodes: type, inputs, parameters.
#include "spec/codes.h"
#include "spec/parse.h"

#include <stdio.h>
#include <string.h>

static enum status
parse_param(struct parser* p, void* target, const struct word* key)
{
  struct document_node* const node = target;
  struct spec_param* const params =
    store_grow(p->store, node->params, node->n_params, sizeof *params);
  if (!params) {
    return STATUS_NO_MEMORY;
  }
  node->params = params;
  struct spec_param* const param = &params[node->n_params++];
  *param = (struct spec_param){ .key = *key };
  return parse_value(p, &param->value, key);
}

enum status
parse_params(struct parser* p, void* node, const struct word* key)
{
  (void)key;
  return parse_entries(p, node, "'with'", parse_param);
}

// `in` of one node while it is read.
struct inputs {
  struct document_node* node;
  struct word port; // an empty text: the first input
};

static enum status
add_input(struct parser* p, void* target)
{
  struct inputs* const inputs = target;
  struct document_node* const node = inputs->node;
  struct spec_input* const items =
    store_grow(p->store, node->inputs, node->n_inputs, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  node->inputs = items;
  struct spec_input* const input = &items[node->n_inputs++];
  *input = (struct spec_input){ .port = inputs->port, .source = p->event.word };
  if (!input->port.place.line) {
    input->port.place = input->source.place;
  }
  return STATUS_OK;
}

static enum status
parse_port(struct parser* p, void* target, const struct word* key)
{
  struct inputs* const inputs = target;
  inputs->port = *key;
  parse_check_name(p, key, "port");
  char what[128];
  snprintf(what, sizeof what, "input '%.80s'", key->text);
  return parse_list(p, inputs, what, add_input);
}

enum status
parse_inputs(struct parser* p, void* node, const struct word* key)
{
  (void)key;
  if (parse_is_null(p)) {
    return STATUS_OK;
  }
  char* const no_port = store_strdup(p->store, "");
  if (!no_port) {
    return STATUS_NO_MEMORY;
  }
  struct inputs inputs = { node, { .text = no_port } };
  return p->event.kind == EVENT_MAP
           ? parse_entries(p, &inputs, "'in'", parse_port)
           : parse_list(p, &inputs, "'in'", add_input);
}

static enum status
parse_type(struct parser* p, void* node, const struct word* key)
{
  return parse_word(p, &((struct document_node*)node)->type, key);
}

static enum status
parse_template_name(struct parser* p, void* node, const struct word* key)
{
  return parse_word(p, &((struct document_node*)node)->template_name, key);
}

static enum status
parse_doc(struct parser* p, void* node, const struct word* key)
{
  return parse_word(p, &((struct document_node*)node)->doc, key);
}

static const struct parse_rule node_rules[] = {
  { "type", parse_type },   { "template", parse_template_name },
  { "in", parse_inputs },   { "with", parse_params },
  { "doc", parse_doc },
};

static void
check_node(const struct parser* p, struct document_node* node)
{
  const char* const id = node->id.text;
  if (node->type.text && node->template_name.text) {
    diags_add(p->diags, SEVERITY_ERROR, code_shape, node->template_name.place,
              "remove one of them", NULL,
              "node '%.64s' has a type and a template", id);
    node->template_name.text = NULL;
  } else if (!node->type.text && !node->template_name.text) {
    diags_add(p->diags, SEVERITY_ERROR, code_missing_key, node->id.place,
              "write 'type: NAME'; `rill list` shows the names", NULL,
              "node '%.64s' has no type", id);
  }
}

enum status
parse_node(struct parser* p, struct document_node** nodes, uint32_t* n_nodes,
           const struct word* id)
{
  if (++p->document->n_all_nodes > DOCUMENT_MAX_NODES) {
    diags_add(p->diags, SEVERITY_ERROR, code_many_nodes, id->place, NULL, NULL,
              "more than %d nodes", DOCUMENT_MAX_NODES);
    return STATUS_BAD_GRAPH;
  }
  struct document_node* const items =
    store_grow(p->store, *nodes, *n_nodes, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  *nodes = items;
  struct document_node* const node = &items[*n_nodes];
  *node = (struct document_node){ .id = *id };
  *n_nodes += (uint32_t)parse_check_name(p, id, "node id");
  char what[96];
  snprintf(what, sizeof what, "node '%.64s'", id->text);
  const uint32_t n_errors = diags_count(p->diags, SEVERITY_ERROR);
  const int is_refused = p->event.kind == EVENT_REFUSED;
  const enum status st = parse_rules(
    p, node_rules, sizeof node_rules / sizeof node_rules[0], node, what);
  if (!st && !is_refused && n_errors == diags_count(p->diags, SEVERITY_ERROR)) {
    check_node(p, node);
  }
  return st;
}
