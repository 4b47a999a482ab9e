// SPDX-License-Identifier: ISC
// Has no node types.
#include "zoo.h"

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = RILL_MAGIC,
  .size = sizeof(struct rill_entry),
  .abi_min = RILL_TARGET_ABI,
  .abi_max = RILL_ABI_VERSION,
  .n_nodes = 0,
  .nodes = zoo_nodes,
};
