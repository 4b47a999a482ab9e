// SPDX-License-Identifier: ISC
// Lists a node type that is not there.
#include "zoo.h"

static int32_t
zoo_list(struct rill_lib* lib, uint32_t index,
         const struct rill_node_desc** out)
{
  (void)lib;
  (void)index;
  (void)out;
  return index == 1 ? RILL_ERR_NOT_FOUND : RILL_OK;
}

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = { ZOO_ENTRY, .list = zoo_list };
