// SPDX-License-Identifier: ISC
#include "bench/bench.h"

#include "bench/reuse.h"
#include "bench/seed.h"

#include <harness/nearest.h>
#include <string.h>

const struct bench benches[] = {
  { "seed", "the table of the system that rill replaces, beside ours", seed_run,
    seed_print, seed_draw },
  { "reuse", "short clips through one graph, and through a new one each",
    reuse_run, reuse_print, NULL },
};

const uint32_t n_benches = sizeof benches / sizeof benches[0];

enum { MAX_NAMES = 32 };

const struct bench*
bench_find(const char* name)
{
  for (uint32_t i = 0; i < n_benches; ++i) {
    if (!strcmp(benches[i].name, name)) {
      return &benches[i];
    }
  }
  return NULL;
}

const char*
bench_nearest(const char* name)
{
  const char* names[MAX_NAMES] = { NULL };
  for (uint32_t i = 0; i < n_benches && i < MAX_NAMES; ++i) {
    names[i] = benches[i].name;
  }
  return rill_nearest(name, names, MAX_NAMES);
}
