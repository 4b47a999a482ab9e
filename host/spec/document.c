// SPDX-License-Identifier: ISC
#include "spec/document.h"

#include "spec/codes.h"

static enum status
index_nodes(const struct document_node* nodes, uint32_t n_nodes,
            struct names* names, struct diags* diags)
{
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < n_nodes; ++i) {
    st = names_add(names, &nodes[i].id);
  }
  if (!st) {
    names_sort(names, diags, code_duplicate_node, "node");
  }
  return st;
}

static enum status
check_vars(const struct document* document, struct diags* diags)
{
  struct names names = { 0 };
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < document->n_vars; ++i) {
    st = names_add(&names, &document->vars[i].name);
  }
  if (!st) {
    names_sort(&names, diags, code_duplicate_key, "variable");
  }
  names_fini(&names);
  return st;
}

static enum status
check_templates(struct document* document, struct diags* diags)
{
  struct names* const names = &document->templates_by_name;
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < document->n_templates; ++i) {
    struct document_template* const it = &document->templates[i];
    st = names_add(names, &it->name);
    st = st ? st : index_nodes(it->nodes, it->n_nodes, &it->ids, diags);
  }
  if (!st) {
    names_sort(names, diags, code_duplicate_key, "template");
  }
  return st;
}

enum status
document_check(struct document* document, const char* file, struct diags* diags)
{
  struct names ids = { 0 };
  enum status st = index_nodes(document->nodes, document->n_nodes, &ids, diags);
  names_fini(&ids);
  st = st ? st : check_vars(document, diags);
  st = st ? st : check_templates(document, diags);
  if (!st && !document->has_nodes) {
    diags_add(diags, SEVERITY_ERROR, code_missing_key,
              (struct place){ file, 0, 0, 0 }, "a graph has a map 'nodes'",
              NULL, "the graph has no nodes");
  }
  return st;
}

void
document_fini(struct document* document)
{
  for (uint32_t i = 0; i < document->n_templates; ++i) {
    names_fini(&document->templates[i].ids);
  }
  names_fini(&document->templates_by_name);
}
