// SPDX-License-Identifier: ISC
// The parts that nodes report of their own time (rill.profile/1), as columns
// of the table and as members of the JSON.
#ifndef REPORT_PROFILE_PARTS_H
#define REPORT_PROFILE_PARTS_H

#include "base/json.h"
#include "report/profile.h"
#include "report/table.h"

enum { PARTS_MAX_COLUMNS = 4 };

/// Names of parts, each once, in the order of the nodes. Those beyond the
/// columns are in the JSON only.
struct part_names {
  uint32_t n;
  const char* at[PARTS_MAX_COLUMNS];
};

void
parts_collect(const struct profile* profile, struct part_names* out);

/// For table_begin: "|>encode|>call".
void
parts_add_heads(const struct part_names* names, struct text* heads);

/// A cell for each; empty where a node does not say.
void
parts_add_cells(const struct part_names* names,
                const struct profile_node* node, struct table* table);

/// Nothing for a node without parts.
void
parts_put(struct json* json, const struct profile_node* node);

#endif
