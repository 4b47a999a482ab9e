// SPDX-License-Identifier: ISC
// Crashes when it is opened.
#include "zoo.h"

static int32_t
zoo_open(const struct rill_host* host, const char* path, struct rill_lib** out)
{
  (void)host;
  (void)path;
  (void)out;
  zoo_crash();
  return RILL_OK;
}

RILL_PLUGIN_ENTRY(zoo_nodes, zoo_open, 0, RILL_ENTRY_UNLOAD_SAFE);
