// SPDX-License-Identifier: ISC
#include "spec/expand.h"

#include "spec/codes.h"
#include "spec/source.h"
#include "spec/template.h"

#include <stdio.h>
#include <string.h>

// Steps over the shape of a map to its next word. Gives 1 for a key, in which
// no variable is looked for.
static int
next_is_key(const struct spec_value* value, uint32_t* at)
{
  while (*at < value->n_shape && value->shape[*at] != SHAPE_KEY &&
         value->shape[*at] != SHAPE_WORD) {
    ++*at;
  }
  return *at < value->n_shape && value->shape[(*at)++] == SHAPE_KEY;
}

// Words without a variable are shared by all instances.
static enum status
expand_value(struct expansion* x, const struct frame* frame,
             const struct spec_value* from, struct spec_value* to)
{
  uint32_t i = 0;
  *to = *from;
  while (i < from->n_words && !strchr(from->words[i].text, '$')) {
    ++i;
  }
  if (i == from->n_words) {
    return STATUS_OK;
  }
  to->words = store_alloc(x->store, from->n_words, sizeof *to->words);
  if (!to->words) {
    return STATUS_NO_MEMORY;
  }
  memcpy(to->words, from->words, from->n_words * sizeof *to->words);
  enum status st = STATUS_OK;
  uint32_t at = 0;
  for (i = 0; !st && i < from->n_words; ++i) {
    if (!next_is_key(from, &at)) {
      st = vars_expand(x->vars, &frame->scope, &to->words[i]);
    }
  }
  return st;
}

static enum status
expand_params(struct expansion* x, const struct frame* frame,
              const struct document_node* from, struct spec_node* to)
{
  to->params = store_alloc(x->store, from->n_params, sizeof *to->params);
  enum status st = to->params ? STATUS_OK : STATUS_NO_MEMORY;
  for (uint32_t i = 0; !st && i < from->n_params; ++i) {
    struct spec_param* const param = &to->params[to->n_params++];
    param->key = from->params[i].key;
    st = expand_value(x, frame, &from->params[i].value, &param->value);
  }
  return st;
}

static enum status
push_input(struct expansion* x, const struct spec_input* input,
           struct inputs* inputs)
{
  if (++x->n_links > DOCUMENT_MAX_LINKS) {
    diags_add(x->diags, SEVERITY_ERROR, code_many_links, input->source.place,
              NULL, NULL, "more than %d links", DOCUMENT_MAX_LINKS);
    return STATUS_BAD_GRAPH;
  }
  struct spec_input* const items =
    store_grow(x->store, inputs->items, inputs->n, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  inputs->items = items;
  items[inputs->n++] = *input;
  return STATUS_OK;
}

// What the template's `in` leads from the instance's inputs to *node*.
static enum status
push_outer(struct expansion* x, const struct frame* frame,
           const struct document_node* node, const struct document_pair* lead,
           struct inputs* inputs)
{
  const char* const port =
    lead->value.text ? source_port_of(lead->value.text, node->id.text) : NULL;
  enum status st = STATUS_OK;
  for (uint32_t i = 0; port && !st && i < frame->n_inputs; ++i) {
    struct spec_input input = frame->inputs[i];
    if (!strcmp(input.port.text, lead->key.text)) {
      input.port = lead->value;
      input.port.text = store_strdup(x->store, port);
      st = input.port.text ? push_input(x, &input, inputs) : STATUS_NO_MEMORY;
    }
  }
  return st;
}

// Nodes of a template see each other, and nothing outside.
static int
check_inner(struct expansion* x, const struct frame* frame,
            const struct document_node* node, const struct spec_input* input)
{
  return !frame->it ||
         template_check_source(x, frame->it, &input->source,
                               input->source_node, node->id.text);
}

static enum status
expand_input(struct expansion* x, const struct frame* frame,
             const struct document_node* node, const struct spec_input* from,
             struct inputs* inputs)
{
  struct spec_input input = *from;
  enum status st = vars_expand(x->vars, &frame->scope, &input.source);
  st = st ? st
          : source_split(&input.source, x->diags, x->store, &input.source_node,
                         &input.source_port);
  if (st || !input.source_node || !check_inner(x, frame, node, &input)) {
    return st;
  }
  input.source_node = store_join(x->store, frame->prefix, input.source_node);
  return input.source_node ? push_input(x, &input, inputs) : STATUS_NO_MEMORY;
}

enum status
expand_inputs(struct expansion* x, const struct frame* frame,
              const struct document_node* node, struct inputs* inputs)
{
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < node->n_inputs; ++i) {
    st = expand_input(x, frame, node, &node->inputs[i], inputs);
  }
  for (uint32_t i = 0; frame->it && !st && i < frame->it->n_inputs; ++i) {
    st = push_outer(x, frame, node, &frame->it->inputs[i], inputs);
  }
  return st;
}

static enum status
expand_plain(struct expansion* x, const struct frame* frame,
             const struct document_node* from)
{
  struct spec* const spec = x->spec;
  if (spec->n_nodes == DOCUMENT_MAX_NODES) {
    diags_add(x->diags, SEVERITY_ERROR, code_many_nodes, from->id.place, NULL,
              NULL, "more than %d nodes", DOCUMENT_MAX_NODES);
    return STATUS_BAD_GRAPH;
  }
  struct spec_node* const nodes =
    store_grow(x->store, spec->nodes, spec->n_nodes, sizeof *nodes);
  if (!nodes) {
    return STATUS_NO_MEMORY;
  }
  spec->nodes = nodes;
  struct spec_node* const node = &nodes[spec->n_nodes++];
  *node = (struct spec_node){ .type = from->type, .doc = from->doc.text };
  node->id = from->id;
  node->id.text = store_join(x->store, frame->prefix, from->id.text);
  enum status st = node->id.text ? STATUS_OK : STATUS_NO_MEMORY;
  st = st ? st : vars_expand(x->vars, &frame->scope, &node->type);
  st = st ? st : expand_params(x, frame, from, node);
  struct inputs inputs = { NULL, 0 };
  st = st ? st : expand_inputs(x, frame, from, &inputs);
  node->inputs = inputs.items;
  node->n_inputs = inputs.n;
  return st;
}

enum status
expand_nodes(struct expansion* x, const struct frame* frame,
             const struct document_node* nodes, uint32_t n_nodes)
{
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < n_nodes; ++i) {
    if (nodes[i].template_name.text) {
      st = template_instantiate(x, frame, &nodes[i]);
    } else if (nodes[i].type.text) {
      st = expand_plain(x, frame, &nodes[i]);
    }
  }
  return st;
}

enum status
expand_all(struct expansion* x)
{
  const struct frame top = { .prefix = "" };
  enum status st = template_check_all(x);
  st =
    st ? st : expand_nodes(x, &top, x->document->nodes, x->document->n_nodes);
  return st ? st : template_link_outputs(x);
}
