// SPDX-License-Identifier: ISC
// Was made for an ABI that nobody has any more.
#include "zoo.h"

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = RILL_MAGIC,
  .size = sizeof(struct rill_entry),
  .abi_min = 0x00000003,
  .abi_max = 0x00000005,
  .n_nodes = 1,
  .nodes = zoo_nodes,
};
