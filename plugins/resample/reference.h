// SPDX-License-Identifier: ISC
// What all ways of resampling are tested against: each output frame as the sum
// over all input frames that the kernel reaches, in doubles. Slow.
#ifndef RESAMPLE_REFERENCE_H
#define RESAMPLE_REFERENCE_H

#include "plan.h"

#include <stddef.h>

/// Output frame *at* of the input, which is silent before and behind.
double
reference_frame(const struct plan* plan,
                const float* in,
                size_t n_in,
                uint64_t at);

/// Bin *k* of the transform of n points.
struct reference_point {
  double re;
  double im;
};

struct reference_point
reference_bin(const float* re, const float* im, size_t n, size_t k);

#endif
