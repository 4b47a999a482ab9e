// SPDX-License-Identifier: ISC
// Cannot say what node types it has.
#include "zoo.h"

static int32_t
zoo_list(struct rill_lib* lib, uint32_t index,
         const struct rill_node_desc** out)
{
  (void)lib;
  (void)index;
  (void)out;
  return RILL_ERR_FAILED;
}

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = { ZOO_ENTRY, .list = zoo_list };
