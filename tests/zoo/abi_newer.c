// SPDX-License-Identifier: ISC
// Works with hosts of a major version that does not exist yet.
#include "zoo.h"

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = RILL_MAGIC,
  .size = sizeof(struct rill_entry),
  .abi_min = 0x00020004,
  .abi_max = 0x00020004,
  .n_nodes = 1,
  .nodes = zoo_nodes,
};
