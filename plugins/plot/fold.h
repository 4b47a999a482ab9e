// SPDX-License-Identifier: ISC
// More bins than rows: each row is the mean of the bins on it.
#ifndef PLOT_FOLD_H
#define PLOT_FOLD_H

#include <stdint.h>

/// What a row takes: parts of two bins, and all between them.
struct fold_row {
  uint32_t first;
  uint32_t last; // after the first
  float of_first;
  float of_between;
  float of_last;
};

/// Rows share 0 Hz .. half the rate, where bins stand on whole numbers from 0
/// to *size* / 2 and each reaches half a bin to both sides.
void
fold_init(struct fold_row* rows, uint32_t n_rows, uint32_t size);

/// Adds the *bins* to *sums*, one a row.
void
fold_add(const struct fold_row* rows,
         uint32_t n_rows,
         const float* bins,
         float* sums);

#endif
