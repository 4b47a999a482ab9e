// SPDX-License-Identifier: ISC
// Columns for the parts that nodes report of their own time.
#include "report/profile_parts.h"

#include "report/figures.h"

#include <string.h>

static int
find(const struct part_names* names, const char* name)
{
  uint32_t i = 0;
  while (i < names->n && strcmp(names->at[i], name)) {
    ++i;
  }
  return i < names->n;
}

void
parts_collect(const struct profile* profile, struct part_names* out)
{
  out->n = 0;
  for (uint32_t i = 0; i < profile->n_nodes; ++i) {
    const struct engine_parts* const p = &profile->nodes[i].parts;
    for (uint32_t k = 0; k < p->n && out->n < PARTS_MAX_COLUMNS; ++k) {
      if (!find(out, p->names[k])) {
        out->at[out->n++] = p->names[k];
      }
    }
  }
}

void
parts_add_heads(const struct part_names* names, struct text* heads)
{
  for (uint32_t i = 0; i < names->n; ++i) {
    text_add(heads, "|>%s", names->at[i]);
  }
}

void
parts_add_cells(const struct part_names* names,
                const struct profile_node* node, struct table* table)
{
  for (uint32_t i = 0; i < names->n; ++i) {
    const char* cell = "";
    struct figure time;
    for (uint32_t k = 0; k < node->parts.n; ++k) {
      if (!strcmp(node->parts.names[k], names->at[i])) {
        time = figure_time((int64_t)node->parts.ns[k]);
        cell = time.text;
      }
    }
    table_add(table, "%s", cell);
  }
}

void
parts_put(struct json* json, const struct profile_node* node)
{
  if (!node->parts.n) {
    return;
  }
  json_open_object(json, "parts_ns");
  for (uint32_t i = 0; i < node->parts.n; ++i) {
    json_put_uint(json, node->parts.names[i], node->parts.ns[i]);
  }
  json_close(json);
}
