// SPDX-License-Identifier: ISC
// Cost of a hop: what a no-op node adds to each buffer that passes it.
//   time per buffer of a chain with n nodes, less that with none, over n
// Prints one line for each way; medians of RUNS runs.
#include "base/sys.h"
#include "tests/engine_kit.h"

#include <stdio.h>
#include <stdlib.h>

enum { RUNS = 11, BLOCK = 512, N_BUFFERS = 20000, MAX_TEXT = 1 << 16 };

static int
by_value(const void* a, const void* b)
{
  const double x = *(const double*)a, y = *(const double*)b;
  return (x > y) - (x < y);
}

static double
run_ns_per_buffer(int n_nodes, uint32_t threads)
{
  static char text[MAX_TEXT];
  int n = snprintf(text, sizeof text, "n0:count frames=%d", BLOCK * N_BUFFERS);
  for (int i = 1; i <= n_nodes; ++i) {
    n += snprintf(text + n, sizeof text - (size_t)n, ";n%d:pass < n%d", i, i - 1);
  }
  snprintf(text + n, sizeof text - (size_t)n, ";end:drop < n%d", n_nodes);
  const struct kit_options options = { .block = BLOCK, .threads = threads };
  struct engine_totals totals;
  if (kit_run(text, &options, NULL, &totals)) {
    exit(EXIT_FAILURE);
  }
  return (double)totals.wall_ns / N_BUFFERS;
}

static double
median_hop_ns(int n_nodes, uint32_t threads)
{
  double hops[RUNS];
  for (int i = 0; i < RUNS; ++i) {
    const double without = run_ns_per_buffer(0, threads);
    hops[i] = (run_ns_per_buffer(n_nodes, threads) - without) / n_nodes;
  }
  qsort(hops, RUNS, sizeof hops[0], by_value);
  return hops[RUNS / 2];
}

int
main(void)
{
  static const int lengths[] = { 1, 10, 100, 1000 };
  for (uint32_t threads = 1; threads <= 2; ++threads) {
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; ++i) {
      printf("hop\t%d nodes\t%u threads\t%.1f ns\n", lengths[i], threads,
             median_hop_ns(lengths[i], threads));
    }
  }
  return EXIT_SUCCESS;
}
