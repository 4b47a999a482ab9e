// SPDX-License-Identifier: ISC
// What leads into instances of templates and out of them.
#include "spec/codes.h"
#include "spec/source.h"
#include "spec/template.h"

#include <stdio.h>
#include <string.h>

const char*
template_find_input(struct expansion* x, const struct document_template* it,
                    const struct word* word, const char* port)
{
  if (!*port && it->n_inputs) {
    return it->inputs[0].key.text;
  }
  const char* names[DOCUMENT_MAX_PORTS];
  for (uint32_t i = 0; i < it->n_inputs; ++i) {
    if (!strcmp(it->inputs[i].key.text, port)) {
      return it->inputs[i].key.text;
    }
    names[i] = it->inputs[i].key.text;
  }
  char hint[128];
  diags_add(x->diags, SEVERITY_ERROR, code_unknown_port, word->place,
            diags_suggest(x->diags, port, names, it->n_inputs, hint,
                          sizeof hint),
            NULL, *port ? "template '%.64s' has no input '%.64s'"
                        : "template '%.64s' has no input",
            it->name.text, port);
  return NULL;
}

int
template_check_source(struct expansion* x, const struct document_template* it,
                      const struct word* word, const char* source,
                      const char* reader)
{
  char first[DOCUMENT_MAX_NAME + 1];
  snprintf(first, sizeof first, "%.*s", (int)strcspn(source, "/"), source);
  if (names_find(&it->ids, first)) {
    return 1;
  }
  char hint[128];
  const char* const nearest =
    names_suggest(&it->ids, x->diags, first, hint, sizeof hint);
  diags_add(x->diags, SEVERITY_ERROR, code_unknown_source, word->place,
            nearest ? nearest : "what comes from outside is led in by 'in'",
            NULL, "'%.64s' in template '%.64s' names unknown node '%.64s'",
            reader, it->name.text, first);
  return 0;
}

static const struct document_pair*
find_output(struct expansion* x, const struct document_template* it,
            const struct spec_input* input)
{
  const char* const port = input->source_port;
  const char* names[DOCUMENT_MAX_PORTS];
  for (uint32_t i = 0; i < it->n_outputs; ++i) {
    if (!*port || !strcmp(it->outputs[i].key.text, port)) {
      return &it->outputs[i];
    }
    names[i] = it->outputs[i].key.text;
  }
  char hint[128];
  diags_add(x->diags, SEVERITY_ERROR, code_unknown_port, input->source.place,
            diags_suggest(x->diags, port, names, it->n_outputs, hint,
                          sizeof hint),
            NULL, *port ? "template '%.64s' has no output '%.64s'"
                        : "template '%.64s' has no output",
            it->name.text, port);
  return NULL;
}

// One line of `in` or `out`, which *key* says.
static enum status
check_pair(struct expansion* x, const struct document_template* it,
           const struct document_pair* pair, const char* key)
{
  const struct word* const word = &pair->value;
  char* node = NULL;
  char* port;
  if (!word->text) {
    diags_add(x->diags, SEVERITY_ERROR, code_bad_source, pair->key.place,
              "write 'node' or 'node.port'", NULL, "'%.64s' leads nowhere",
              pair->key.text);
    return STATUS_OK;
  }
  const enum status st = source_split(word, x->diags, x->store, &node, &port);
  if (!st && node && template_check_source(x, it, word, node, key) &&
      strchr(node, '/')) {
    diags_add(x->diags, SEVERITY_ERROR, code_bad_source, word->place,
              "lead it through the 'in' and 'out' of that template", NULL,
              "'%.64s' reaches into another template", word->text);
  }
  return st;
}

static enum status
check_pairs(struct expansion* x, const struct document_template* it,
            const struct document_pair* pairs, uint32_t n_pairs,
            const char* key)
{
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < n_pairs; ++i) {
    st = check_pair(x, it, &pairs[i], key);
  }
  return st;
}

enum status
template_check_all(struct expansion* x)
{
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < x->document->n_templates; ++i) {
    const struct document_template* const it = &x->document->templates[i];
    st = check_pairs(x, it, it->inputs, it->n_inputs, "in");
    st = st ? st : check_pairs(x, it, it->outputs, it->n_outputs, "out");
  }
  return st;
}

// One step inwards; leads to another instance when templates are nested. What
// is wrong with the template has been said.
static enum status
link_output(struct expansion* x, const struct instance* instance,
            struct spec_input* input, int* is_done)
{
  *is_done = 1;
  const struct document_pair* const output =
    find_output(x, instance->it, input);
  const char* const text = output ? output->value.text : NULL;
  if (!text) {
    return STATUS_OK;
  }
  const size_t n = strcspn(text, ".");
  const char* const prefix = store_join(x->store, instance->id.text, "/");
  const char* const node = store_strndup(x->store, text, n);
  char* const id = prefix && node ? store_join(x->store, prefix, node) : NULL;
  char* const port = store_strdup(x->store, text + n + (text[n] == '.'));
  if (!id || !port) {
    return STATUS_NO_MEMORY;
  }
  input->source_node = id;
  input->source_port = port;
  *is_done = 0;
  return STATUS_OK;
}

static enum status
link_input(struct expansion* x, const struct names* names,
           struct spec_input* input)
{
  enum status st = STATUS_OK;
  int is_done = 0;
  while (!st && !is_done) {
    const struct name* const it = names_find(names, input->source_node);
    is_done = !it;
    if (it) {
      st = link_output(x, &x->instances[it->index], input, &is_done);
    }
  }
  return st;
}

enum status
template_link_outputs(struct expansion* x)
{
  struct names names = { 0 };
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < x->n_instances; ++i) {
    st = names_add(&names, &x->instances[i].id);
  }
  names_sort(&names, NULL, NULL, NULL);
  for (uint32_t i = 0; !st && i < x->spec->n_nodes; ++i) {
    struct spec_node* const node = &x->spec->nodes[i];
    for (uint32_t k = 0; !st && k < node->n_inputs; ++k) {
      st = link_input(x, &names, &node->inputs[k]);
    }
  }
  names_fini(&names);
  return st;
}
