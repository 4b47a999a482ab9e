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

enum { FILTER_LANES = 4 };

/// The same for *n_channels* of 2 .. FILTER_LANES channels side by side, with
/// the same results: each waits for its own last sample, together they wait no
/// longer.
void
filter_run_side_by_side(const struct coefficients* k,
                        struct memory* memory,
                        float* const* out,
                        const float* const* in,
                        uint32_t n_channels,
                        uint32_t n_frames);

#endif
