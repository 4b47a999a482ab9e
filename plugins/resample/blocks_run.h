// SPDX-License-Identifier: ISC
// The parts of blocks_run for one type of numbers each.
#ifndef RESAMPLE_BLOCKS_RUN_H
#define RESAMPLE_BLOCKS_RUN_H

#include "blocks.h"

struct fft_planes
blocks_run_f32(const struct blocks* b, const float* first, const float* second);
struct fft_planes
blocks_run_f64(const struct blocks* b, const float* first, const float* second);

/// Doubles to floats, and back.
void
blocks_narrow(const double* in, size_t n, float* out);
void
blocks_widen(const float* in, size_t n, double* out);

#endif
