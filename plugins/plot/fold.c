// SPDX-License-Identifier: ISC
#include "fold.h"

#include <math.h>

// Counted in halves from -0.5 on, a bin lies between two whole numbers.
static struct fold_row
row_of(double begin, double end, uint32_t last_bin)
{
  const uint32_t first = (uint32_t)begin;
  const uint32_t wanted = (uint32_t)ceil(end) - 1;
  const uint32_t last = wanted < last_bin ? wanted : last_bin;
  const double each = 1.0 / (end - begin);
  return (struct fold_row){
    .first = first,
    .last = last,
    .of_first = (float)((first + 1 - begin) * each),
    .of_between = (float)each,
    .of_last = (float)((fmin(end, last + 1.0) - last) * each),
  };
}

void
fold_init(struct fold_row* rows, uint32_t n_rows, uint32_t size)
{
  const double bins_per_row = size / 2.0 / n_rows;
  for (uint32_t r = 0; r < n_rows; ++r) {
    rows[r] = row_of(r * bins_per_row + 0.5, (r + 1) * bins_per_row + 0.5,
                     size / 2);
  }
}

void
fold_add(const struct fold_row* rows, uint32_t n_rows, const float* bins,
         float* sums)
{
  for (uint32_t r = 0; r < n_rows; ++r) {
    const struct fold_row* const f = &rows[r];
    float between = 0.0f;
    for (uint32_t b = f->first + 1; b < f->last; ++b) {
      between += bins[b];
    }
    sums[r] += f->of_first * bins[f->first] + f->of_between * between +
               f->of_last * bins[f->last];
  }
}
