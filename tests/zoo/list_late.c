// SPDX-License-Identifier: ISC
// Has a second node type that is known only at run time: nothing wrong.
#include "zoo.h"

static int32_t
zoo_list(struct rill_lib* lib, uint32_t index,
         const struct rill_node_desc** out)
{
  static const struct rill_node_desc late = { ZOO_DESC, .version = "1" };
  static struct rill_node_desc copy;
  (void)lib;
  if (index) {
    return RILL_ERR_NOT_FOUND;
  }
  copy = late;
  copy.name = "zoo.late";
  copy.id = "org.rill.zoo.late";
  *out = &copy;
  return RILL_OK;
}

RILL_EXPORT const struct rill_entry rill_entry_v1;
const struct rill_entry rill_entry_v1 = { ZOO_ENTRY, .list = zoo_list };
