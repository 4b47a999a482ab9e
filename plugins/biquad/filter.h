// SPDX-License-Identifier: ISC
// Samples through a second-order filter.
#ifndef BIQUAD_FILTER_H
#define BIQUAD_FILTER_H

#include "design.h"

/// What one channel remembers. Zeros: silence came before.
struct memory {
  double s1;
  double s2;
};

/// Transposed direct form II in double. *out* may be *in*. A sample that makes
/// the output infinite or NaN comes out so, and the memory starts anew.
void
filter_run(const struct coefficients* k,
           struct memory* memory,
           float* out,
           const float* in,
           uint32_t n_frames);

#endif
