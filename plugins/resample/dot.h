// SPDX-License-Identifier: ISC
// Sums of products in an order that no width of vectors changes: as many sums
// as there are lanes and rounds, then these in a fixed order.
#ifndef RESAMPLE_DOT_H
#define RESAMPLE_DOT_H

#include <stddef.h>
#include <stdint.h>

/// Rows of *n* weights, a multiple of 8.
struct dot_ops {
  float (*one)(const float* in, const float* row, size_t n);

  /// With each of four rows, one after the other, which then count as much as
  /// *by* says.
  float (*four)(const float* in, const float* rows, size_t n, const double* by);
};

/// The fastest here. *wide*: sums of doubles.
const struct dot_ops*
dot_pick(uint32_t wide);

#endif
