// SPDX-License-Identifier: ISC
// Has one more node type, always.
#include "zoo.h"

static int32_t
zoo_list(struct rill_lib* lib, uint32_t index,
         const struct rill_node_desc** out)
{
  (void)lib;
  (void)index;
  *out = &zoo;
  return RILL_OK;
}

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = { ZOO_ENTRY, .list = zoo_list };
