// SPDX-License-Identifier: ISC
// Its one node type is nowhere.
#include "zoo.h"

static const struct rill_node_desc* const wild[] = {
  (const struct rill_node_desc*)0x1000
};

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = RILL_MAGIC,
  .size = sizeof(struct rill_entry),
  .abi_min = RILL_TARGET_ABI,
  .abi_max = RILL_ABI_VERSION,
  .n_nodes = 1,
  .nodes = wild,
};
