// SPDX-License-Identifier: ISC
// The times of one thing over the turns.
#ifndef BENCH_SERIES_H
#define BENCH_SERIES_H

#include <stdint.h>

enum { SERIES_MAX = 1001 };

/// Values below 0 mean "did not happen" and are dropped.
struct series {
  double* values;
  uint32_t n;
  uint32_t room;
};

/// Room for *n_turns* values. 0 when memory is out; series_fini in any case.
int
series_init(struct series* series, uint32_t n_turns);

void
series_fini(struct series* series);

void
series_add(struct series* series, double value);

/// 0 for an empty one. Sorts.
double
series_median(struct series* series);

double
series_least(struct series* series);

#endif
