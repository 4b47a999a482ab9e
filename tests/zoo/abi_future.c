// SPDX-License-Identifier: ISC
// Knows a newer ABI, and does without it: nothing wrong.
#include "zoo.h"

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = RILL_MAGIC,
  .size = sizeof(struct rill_entry),
  .abi_min = RILL_TARGET_ABI,
  .abi_max = 0x00010004,
  .n_nodes = 1,
  .nodes = zoo_nodes,
};
