// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "base/text.h"
#include "harness/nearest.h"
#include "harness/param_text.h"
#include "plan/bind.h"
#include "plan/ports.h"
#include "plan/values.h"
#include "spec/codes.h"

#include <string.h>

enum { ERROR_BYTES = 1024 };

// One parameter on its way from the file into a node.
struct reading {
  struct bind* b;
  const struct graph_node* node;
  const struct rill_param_desc* desc;
  const struct spec_param* from;
  struct rill_value* out;
};

static const char*
nearest_param(const struct rill_node_desc* desc, const char* symbol)
{
  const char** const names = mem_new_array(const char*, desc->n_params);
  const char* nearest = NULL;
  for (uint32_t i = 0; names && i < desc->n_params; ++i) {
    names[i] = desc->params[i]->symbol;
  }
  if (names) {
    nearest = rill_nearest(symbol, names, desc->n_params);
  }
  mem_free(names);
  return nearest;
}

// "'gain' takes gain_db, mute"
static char*
list_params(const struct rill_node_desc* desc)
{
  struct text list = { 0 };
  text_add(&list, "'%s' takes ", desc->name);
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    text_add(&list, "%s%s", i ? ", " : "", desc->params[i]->symbol);
  }
  text_add(&list, "%s", desc->n_params ? "" : "no parameters");
  return text_take(&list);
}

static void
refuse_unknown(struct bind* b, const struct graph_node* node,
               const struct spec_param* param)
{
  const struct rill_node_desc* const desc = node->type->desc;
  struct finding f = { .code = code_unknown_param, .place = param->key.place };
  char* hint = NULL;

  if (!verdict_is_long(&b->verdict)) {
    const char* const near = nearest_param(desc, param->key.text);
    hint = near ? hint_for(near, NULL) : list_params(desc);
  }
  f.hint = hint;
  verdict_refuse(&b->verdict, &f, "node '%s': unknown parameter '%s'",
                 node->id, param->key.text);
  mem_free(hint);
}

static int
read_word(const struct reading* r, const struct word* word,
          struct rill_value* out)
{
  char error[ERROR_BYTES] = "";
  if (rill_param_read(r->desc, word->text, out, error, sizeof error)) {
    const struct finding f = { .code = code_bad_param,
                               .place = word->place,
                               .hint = r->desc->doc };
    verdict_refuse(&r->b->verdict, &f, "node '%s': parameter '%s': %s",
                   r->node->id, r->desc->symbol, error);
    return 0;
  }
  if (value_own(out)) {
    verdict_no_memory(&r->b->verdict);
    return 0;
  }
  return 1;
}

static void
read_list(const struct reading* r)
{
  const struct spec_value* const value = &r->from->value;
  struct rill_value* const items =
    mem_new_array(struct rill_value, value->n_words);
  if (!items) {
    verdict_no_memory(&r->b->verdict);
    return;
  }
  *r->out = (struct rill_value){
    .type = RILL_TYPE_LIST, .n = value->n_words, .list = items
  };
  for (uint32_t i = 0; i < value->n_words; ++i) {
    if (!read_word(r, &value->words[i], &items[i])) {
      items[i] = (struct rill_value){ 0 };
    }
  }
}

// A scalar is JSON text already, so that a variable can hold it.
static void
read_json(const struct reading* r)
{
  const struct spec_value* const value = &r->from->value;
  if (!value->shape && !value->is_list) {
    struct rill_value read = { 0 };
    if (read_word(r, &value->words[0], &read)) {
      *r->out = read;
    }
    return;
  }
  char* const json = bind_json(value);
  if (!json) {
    verdict_no_memory(&r->b->verdict);
    return;
  }
  *r->out = (struct rill_value){ .type = RILL_TYPE_JSON,
                                 .n = (uint32_t)strlen(json),
                                 .text = json };
}

static void
refuse_map(const struct reading* r)
{
  const struct finding f = { .code = code_param_map,
                             .place = r->from->value.place,
                             .hint = r->desc->doc };
  verdict_refuse(&r->b->verdict, &f, "node '%s': parameter '%s' takes %s, not "
                 "a map", r->node->id, r->desc->symbol,
                 r->desc->flags & RILL_PARAM_LIST ? "a list" : "one value");
}

static void
read_value(const struct reading* r)
{
  const struct spec_value* const value = &r->from->value;
  struct rill_value read = { 0 };

  if (r->desc->type == RILL_TYPE_JSON && !(r->desc->flags & RILL_PARAM_LIST)) {
    read_json(r);
  } else if (value->shape) {
    refuse_map(r);
  } else if (r->desc->flags & RILL_PARAM_LIST) {
    read_list(r);
  } else if (value->is_list || value->n_words != 1) {
    const struct finding f = { .code = code_param_list,
                               .place = value->place,
                               .hint = r->desc->doc };
    verdict_refuse(&r->b->verdict, &f, "node '%s': parameter '%s' takes one "
                   "value, not a list", r->node->id, r->desc->symbol);
  } else if (read_word(r, &value->words[0], &read)) {
    *r->out = read;
  }
}

static void
take_param(struct bind* b, struct graph_node* node,
           const struct spec_param* param)
{
  const struct rill_node_desc* const desc = node->type->desc;
  const uint32_t k = param_find(desc, param->key.text);

  if (k == desc->n_params) {
    refuse_unknown(b, node, param);
  } else if (node->param_places[k].line) {
    const struct finding f = { .code = code_param_twice,
                               .place = param->key.place,
                               .other = &node->param_places[k] };
    verdict_refuse(&b->verdict, &f, "node '%s': parameter '%s' is given twice",
                   node->id, param->key.text);
  } else {
    node->param_places[k] = param->value.place;
    read_value(&(struct reading){ b, node, desc->params[k], param,
                                  &node->params[k] });
    bind_check_allowed(b, node, k);
  }
}

static void
refuse_missing(struct bind* b, const struct graph_node* node,
               const struct rill_param_desc* param)
{
  struct text hint = { 0 };
  text_add(&hint, "add 'with: {%s: %s}'", param->symbol,
           param->example ? param->example : "...");
  if (param->doc) {
    text_add(&hint, ": %s", param->doc);
  }
  const struct finding f = { .code = code_missing_param,
                             .place = node->place,
                             .hint = text_get(&hint) };
  verdict_refuse(&b->verdict, &f, "node '%s' needs the parameter '%s'",
                 node->id, param->symbol);
  text_fini(&hint);
}

static void
take_default(struct bind* b, const struct graph_node* node, uint32_t k)
{
  const struct rill_param_desc* const param = node->type->desc->params[k];
  char error[ERROR_BYTES] = "";

  if ((param->flags & RILL_PARAM_REQUIRED) || !param->def) {
    refuse_missing(b, node, param);
    return;
  }
  const enum status st =
    value_default(param, &node->params[k], error, sizeof error);
  if (st == STATUS_NO_MEMORY) {
    verdict_no_memory(&b->verdict);
  } else if (st) {
    const struct finding f = { .code = code_plugin_nonsense,
                               .place = node->place,
                               .hint = "this is a fault of the plugin",
                               .status = st };
    verdict_refuse(&b->verdict, &f, "node '%s': the default of parameter '%s' "
                   "cannot be read: %s", node->id, param->symbol, error);
  }
}

void
bind_params(struct bind* b, uint32_t index)
{
  const struct spec_node* const from = &b->spec->nodes[index];
  struct graph_node* const node = &b->graph->nodes[index];
  const uint32_t n = node->type->desc->n_params;

  node->params = mem_new_array(struct rill_value, n);
  node->param_places = mem_new_array(struct place, n);
  if (!node->params || !node->param_places) {
    verdict_no_memory(&b->verdict);
    return;
  }
  for (uint32_t i = 0; i < from->n_params; ++i) {
    take_param(b, node, &from->params[i]);
  }
  for (uint32_t k = 0; k < n; ++k) {
    if (!node->param_places[k].line) {
      take_default(b, node, k);
    }
  }
}
