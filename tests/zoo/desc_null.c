// SPDX-License-Identifier: ISC
// Its one node type is null.
#include "zoo.h"

static const struct rill_node_desc* const none[] = { 0 };

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = RILL_MAGIC,
  .size = sizeof(struct rill_entry),
  .abi_min = RILL_TARGET_ABI,
  .abi_max = RILL_ABI_VERSION,
  .n_nodes = 1,
  .nodes = none,
};
