// SPDX-License-Identifier: ISC
// Resampling by way of the spectrum, one pair of windows at a time.
//
// Two real windows are the real and the imaginary part of one complex signal:
// two channels, or two windows of the same channel. The kernel is symmetrical
// in time, so its spectrum is real and the two never mix. The lower of the two
// rates decides which bins go over from n_in points to n_out points.
#ifndef RESAMPLE_BLOCKS_H
#define RESAMPLE_BLOCKS_H

#include "fft.h"
#include "plan.h"

struct blocks {
  struct plan plan;
  struct fft forward;
  struct fft inverse;
  void* memory;   // all below
  void* response; // of the kernel, a number for each bin of the lower rate
  struct fft_planes windows; // input as doubles, when wide
  struct fft_planes band;    // n_out points
  struct fft_planes work[2];
};

/// 0 when memory is exhausted. For a plan of PLAN_BLOCKS.
int
blocks_init(struct blocks* b, const struct plan* plan);

/// Takes a zeroed one.
void
blocks_fini(struct blocks* b);

/// Resamples two windows of n_in frames; what came of them is read by
/// blocks_read until the next call.
struct fft_planes
blocks_run(const struct blocks* b, const float* first, const float* second);

/// Frames at .. at + n - 1 of the n_out that one plane of the result has.
void
blocks_read(const struct blocks* b,
            const void* plane,
            uint32_t at,
            uint32_t n,
            float* out);

#endif
