// SPDX-License-Identifier: ISC
// Its entry begins with something else.
#include "zoo.h"

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = 0x21212121,
  .size = sizeof(struct rill_entry),
  .abi_min = RILL_TARGET_ABI,
  .abi_max = RILL_ABI_VERSION,
  .n_nodes = 1,
  .nodes = zoo_nodes,
};
