// SPDX-License-Identifier: ISC
// Crashes when it is closed.
#include "zoo.h"

static int32_t
zoo_open(const struct rill_host* host, const char* path, struct rill_lib** out)
{
  (void)host;
  (void)path;
  (void)out;
  return RILL_OK;
}

static void
zoo_close(struct rill_lib* lib)
{
  (void)lib;
  zoo_crash();
}

RILL_PLUGIN_ENTRY(zoo_nodes, zoo_open, zoo_close, RILL_ENTRY_UNLOAD_SAFE);
