// SPDX-License-Identifier: ISC
// Wants 10 GB at once.
#include "zoo.h"

static int32_t
zoo_open(const struct rill_host* host, const char* path, struct rill_lib** out)
{
  (void)host;
  (void)path;
  (void)out;
  char* const much = malloc((size_t)10 << 30);
  for (size_t i = 0; much && i < (size_t)10 << 30; i += 4096) {
    much[i] = 1;
  }
  *out = (struct rill_lib*)much;
  return much ? RILL_OK : RILL_ERR_NO_MEMORY;
}

RILL_PLUGIN_ENTRY(zoo_nodes, zoo_open, 0, RILL_ENTRY_UNLOAD_SAFE);
