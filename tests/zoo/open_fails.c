// SPDX-License-Identifier: ISC
// Cannot be opened, and says why.
#include "zoo.h"

static int32_t
zoo_open(const struct rill_host* host, const char* path, struct rill_lib** out)
{
  (void)host;
  (void)path;
  (void)out;
  host->set_error(host, RILL_ERR_FAILED, "no licence on this machine");
  return RILL_ERR_FAILED;
}

RILL_PLUGIN_ENTRY(zoo_nodes, zoo_open, 0, RILL_ENTRY_UNLOAD_SAFE);
