// SPDX-License-Identifier: ISC
// Interleaved samples of any encoding to planar f32, in one pass.
#ifndef FILE_PLANAR_H
#define FILE_PLANAR_H

#include <stdint.h>

/// Frames 0 .. n_frames - 1 of *samples* to planes[c] + first. Integers are
/// divided by their full scale, 2^(bits - 1); f64 is rounded to nearest.
void
planar_from(uint32_t encoding,
            const void* samples,
            uint32_t n_channels,
            uint32_t n_frames,
            float* const* planes,
            uint32_t first);

/// The same for one sample, plainly: the reference of the kernels.
float
planar_sample(uint32_t encoding, const void* sample);

/// Whether one of *n* samples is NaN or infinite.
int
planar_has_nonfinite(const float* samples, uint32_t n);

#endif
