// SPDX-License-Identifier: ISC
// Its entry says that it has no bytes.
#include "zoo.h"

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = {
  .magic = RILL_MAGIC,
  .size = 0,
  .abi_min = RILL_TARGET_ABI,
  .abi_max = RILL_ABI_VERSION,
  .n_nodes = 1,
  .nodes = zoo_nodes,
};
