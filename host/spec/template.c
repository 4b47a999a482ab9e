// SPDX-License-Identifier: ISC
#include "spec/template.h"

#include "base/text.h"
#include "spec/codes.h"

#include <string.h>

static const struct document_template*
find_template(struct expansion* x, const struct word* name)
{
  const struct names* const names = &x->document->templates_by_name;
  const struct name* const it = names_find(names, name->text);
  if (it) {
    return &x->document->templates[it->index];
  }
  char hint[128];
  diags_add(x->diags, SEVERITY_ERROR, code_unknown_template, name->place,
            names_suggest(names, x->diags, name->text, hint, sizeof hint), NULL,
            "unknown template '%.80s'", name->text);
  return NULL;
}

static void
complain_loop(struct expansion* x, const struct frame* frame,
              const struct document_template* it, const struct word* name)
{
  struct text chain = { 0 };
  text_add(&chain, "%.64s", it->name.text);
  int is_done = 0;
  for (const struct frame* f = frame; f->it && !is_done; f = f->parent) {
    is_done = f->it == it;
    text_add(&chain, " in %.64s", f->it->name.text);
  }
  diags_add(x->diags, SEVERITY_ERROR, code_template_loop, name->place, NULL,
            NULL, "a template within itself: %.900s", text_get(&chain));
  text_fini(&chain);
}

// A template that uses itself never ends.
static int
check_depth(struct expansion* x, const struct frame* frame,
            const struct document_template* it, const struct word* name)
{
  for (const struct frame* f = frame; f->it; f = f->parent) {
    if (f->it == it) {
      complain_loop(x, frame, it, name);
      return 0;
    }
  }
  if (frame->depth == TEMPLATE_MAX_DEPTH) {
    diags_add(x->diags, SEVERITY_ERROR, code_too_deep, name->place, NULL, NULL,
              "templates within each other more than %d deep",
              TEMPLATE_MAX_DEPTH);
    return 0;
  }
  return 1;
}

static const struct spec_param*
find_argument(const struct document_node* node, const char* name)
{
  for (uint32_t i = 0; i < node->n_params; ++i) {
    if (!strcmp(node->params[i].key.text, name)) {
      return &node->params[i];
    }
  }
  return NULL;
}

static int
has_param(const struct document_template* it, const char* name)
{
  for (uint32_t i = 0; i < it->n_params; ++i) {
    if (!strcmp(it->params[i].key.text, name)) {
      return 1;
    }
  }
  return 0;
}

static void
check_arguments(struct expansion* x, const struct document_template* it,
                const struct document_node* node)
{
  const char* names[DOCUMENT_MAX_PORTS];
  for (uint32_t i = 0; i < it->n_params; ++i) {
    names[i] = it->params[i].key.text;
  }
  for (uint32_t i = 0; i < node->n_params; ++i) {
    const struct word* const key = &node->params[i].key;
    char hint[128];
    if (!has_param(it, key->text)) {
      diags_add(x->diags, SEVERITY_ERROR, code_bad_argument, key->place,
                diags_suggest(x->diags, key->text, names, it->n_params, hint,
                              sizeof hint),
                NULL, "template '%.64s' has no parameter '%.80s'",
                it->name.text, key->text);
    }
  }
}

// The value of one parameter: of the instance, else the default.
static enum status
bind(struct expansion* x, const struct frame* frame,
     const struct document_node* node, const struct document_pair* param,
     struct binding* out)
{
  const struct spec_param* const argument =
    find_argument(node, param->key.text);
  out->name = param->key.text;
  out->value = "";
  if (argument && (argument->value.is_list || argument->value.shape)) {
    diags_add(x->diags, SEVERITY_ERROR, code_shape, argument->value.place, NULL,
              NULL, "a parameter of a template is a single value, not a %s",
              argument->value.shape ? "map" : "list");
    return STATUS_OK;
  }
  struct word word = argument && argument->value.n_words
                       ? argument->value.words[0]
                       : param->value;
  if (!word.text) {
    diags_add(x->diags, SEVERITY_ERROR, code_bad_argument, node->id.place,
              "add it under 'with'", NULL,
              "node '%.64s' needs a value for '%.64s'", node->id.text,
              param->key.text);
    return STATUS_OK;
  }
  const enum status st =
    vars_expand(x->vars, argument ? &frame->scope : NULL, &word);
  out->value = word.text;
  return st;
}

static enum status
bind_all(struct expansion* x, const struct frame* frame,
         const struct document_template* it, const struct document_node* node,
         struct scope* out)
{
  struct binding* const bindings =
    store_alloc(x->store, it->n_params, sizeof *bindings);
  enum status st = bindings ? STATUS_OK : STATUS_NO_MEMORY;
  for (uint32_t i = 0; !st && i < it->n_params; ++i) {
    st = bind(x, frame, node, &it->params[i], &bindings[i]);
  }
  *out = (struct scope){ bindings, it->n_params };
  return st;
}

// Gives each input of the instance the name that the template has for it.
static void
name_inputs(struct expansion* x, const struct document_template* it,
            const struct inputs* inputs)
{
  for (uint32_t i = 0; i < inputs->n; ++i) {
    struct word* const port = &inputs->items[i].port;
    const char* const name = template_find_input(x, it, port, port->text);
    port->text = name ? (char*)(uintptr_t)name : port->text;
  }
}

static enum status
keep_instance(struct expansion* x, const struct word* id,
              const struct document_template* it)
{
  struct instance* const items =
    store_grow(x->store, x->instances, x->n_instances, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  x->instances = items;
  items[x->n_instances++] = (struct instance){ *id, it };
  return STATUS_OK;
}

enum status
template_instantiate(struct expansion* x, const struct frame* frame,
                     const struct document_node* node)
{
  const struct document_template* const it =
    find_template(x, &node->template_name);
  if (!it || !check_depth(x, frame, it, &node->template_name)) {
    return STATUS_OK;
  }
  struct frame inner = { .parent = frame, .it = it, .depth = frame->depth + 1 };
  struct inputs inputs = { NULL, 0 };
  struct word id = node->id;
  id.text = store_join(x->store, frame->prefix, node->id.text);
  inner.prefix = id.text ? store_join(x->store, id.text, "/") : NULL;
  if (!inner.prefix) {
    return STATUS_NO_MEMORY;
  }
  check_arguments(x, it, node);
  enum status st = bind_all(x, frame, it, node, &inner.scope);
  st = st ? st : expand_inputs(x, frame, node, &inputs);
  st = st ? st : keep_instance(x, &id, it);
  if (st) {
    return st;
  }
  name_inputs(x, it, &inputs);
  inner.inputs = inputs.items;
  inner.n_inputs = inputs.n;
  return expand_nodes(x, &inner, it->nodes, it->n_nodes);
}
