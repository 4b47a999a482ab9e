// SPDX-License-Identifier: ISC
// Returns a status that does not exist.
#include "zoo.h"

static int32_t
zoo_open(const struct rill_host* host, const char* path, struct rill_lib** out)
{
  (void)host;
  (void)path;
  (void)out;
  return -123456;
}

RILL_PLUGIN_ENTRY(zoo_nodes, zoo_open, 0, RILL_ENTRY_UNLOAD_SAFE);
