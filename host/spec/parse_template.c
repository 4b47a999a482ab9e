// SPDX-License-Identifier: ISC
// `templates`: params, in, out, nodes.
#include "spec/codes.h"
#include "spec/parse.h"

#include <stdio.h>

// Complains when one more would be too many.
static int
has_room(const struct parser* p, uint32_t n, const struct word* key,
         const char* what)
{
  if (n < DOCUMENT_MAX_PORTS) {
    return 1;
  }
  diags_add(p->diags, SEVERITY_ERROR, code_too_large, key->place, NULL, NULL,
            "a template with more than %d %s", DOCUMENT_MAX_PORTS, what);
  return 0;
}

static enum status
parse_param(struct parser* p, void* target, const struct word* key)
{
  struct document_template* const it = target;
  if (!has_room(p, it->n_params, key, "parameters")) {
    return parse_skip(p);
  }
  parse_check_name(p, key, "template parameter");
  const uint32_t n_errors = diags_count(p->diags, SEVERITY_ERROR);
  const enum status st = parse_pair(p, &it->params, &it->n_params, key);
  if (st || n_errors == diags_count(p->diags, SEVERITY_ERROR)) {
    return st;
  }
  // A default that was refused is not one that is missing.
  struct word* const value = &it->params[it->n_params - 1].value;
  value->text = store_strdup(p->store, "");
  return value->text ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
parse_template_params(struct parser* p, void* target, const struct word* key)
{
  (void)key;
  return parse_entries(p, target, "'params'", parse_param);
}

// A port of the template while what it feeds is read.
struct input {
  struct document_template* it;
  struct word port;
};

static enum status
add_input(struct parser* p, void* target)
{
  struct input* const input = target;
  struct document_template* const it = input->it;
  if (!has_room(p, it->n_inputs, &p->event.word, "inputs")) {
    return STATUS_OK;
  }
  return parse_pair(p, &it->inputs, &it->n_inputs, &input->port);
}

static enum status
parse_input(struct parser* p, void* target, const struct word* key)
{
  struct input input = { target, *key };
  parse_check_name(p, key, "port");
  return parse_list(p, &input, "what an input feeds", add_input);
}

static enum status
parse_template_inputs(struct parser* p, void* target, const struct word* key)
{
  (void)key;
  return parse_entries(p, target, "'in' of a template", parse_input);
}

static enum status
parse_output(struct parser* p, void* target, const struct word* key)
{
  struct document_template* const it = target;
  if (!has_room(p, it->n_outputs, key, "outputs")) {
    return parse_skip(p);
  }
  parse_check_name(p, key, "port");
  return parse_pair(p, &it->outputs, &it->n_outputs, key);
}

static enum status
parse_template_outputs(struct parser* p, void* target, const struct word* key)
{
  (void)key;
  return parse_entries(p, target, "'out' of a template", parse_output);
}

static enum status
parse_inner_node(struct parser* p, void* target, const struct word* key)
{
  struct document_template* const it = target;
  return parse_node(p, &it->nodes, &it->n_nodes, key);
}

static enum status
parse_template_nodes(struct parser* p, void* target, const struct word* key)
{
  (void)key;
  return parse_definitions(p, target, "'nodes'", parse_inner_node);
}

static enum status
skip_doc(struct parser* p, void* target, const struct word* key)
{
  (void)target;
  struct word doc;
  return parse_word(p, &doc, key);
}

static const struct parse_rule template_rules[] = {
  { "params", parse_template_params }, { "in", parse_template_inputs },
  { "out", parse_template_outputs },   { "nodes", parse_template_nodes },
  { "doc", skip_doc },
};

static enum status
parse_template(struct parser* p, void* target, const struct word* key)
{
  struct document* const document = target;
  struct document_template* const items = store_grow(
    p->store, document->templates, document->n_templates, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  document->templates = items;
  struct document_template* const it = &items[document->n_templates];
  *it = (struct document_template){ .name = *key };
  document->n_templates += (uint32_t)parse_check_name(p, key, "template");
  char what[96];
  snprintf(what, sizeof what, "template '%.64s'", key->text);
  const uint32_t n_errors = diags_count(p->diags, SEVERITY_ERROR);
  const int is_refused = p->event.kind == EVENT_REFUSED;
  const enum status st =
    parse_rules(p, template_rules,
                sizeof template_rules / sizeof template_rules[0], it, what);
  if (!st && !is_refused && !it->n_nodes &&
      n_errors == diags_count(p->diags, SEVERITY_ERROR)) {
    diags_add(p->diags, SEVERITY_ERROR, code_missing_key, key->place, NULL,
              NULL, "%s has no nodes", what);
  }
  return st;
}

enum status
parse_templates(struct parser* p, void* target, const struct word* key)
{
  (void)key;
  return parse_definitions(p, target, "'templates'", parse_template);
}
