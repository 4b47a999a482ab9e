// SPDX-License-Identifier: ISC
// Complex Fourier transforms of lengths 8 * 3^a * 4^b * 5^c * 7^d * 8^e,
// but 8 itself.
//
// A transform of n points is eight transforms of n / 8 points side by side,
// lane c over the points 8 i + c: every load, store and operation of theirs is
// one of whole vectors (Stockham's passes, self-sorting). A last pass of radix
// 8 across the lanes joins them. Real and imaginary parts lie apart; with the
// two swapped, in and out, a transform is its own inverse but for a factor n.
//
// The result comes in 8 rows of n / 8 points, *pitch* numbers apart.
#ifndef RESAMPLE_FFT_H
#define RESAMPLE_FFT_H

#include <stddef.h>
#include <stdint.h>

enum { FFT_LANES = 8, FFT_TILE = 16, FFT_MAX_PASSES = 16 };
enum { FFT_OUTER_ROWS = 0xc3, FFT_ALL_ROWS = 0xff }; // the first get cheaper

struct fft {
  uint32_t n;
  uint32_t row;
  uint32_t pitch; // row, rounded up to whole tiles
  uint32_t n_passes;
  uint32_t radix[FFT_MAX_PASSES];
  uint32_t twiddle[FFT_MAX_PASSES]; // where those of a pass begin
  uint32_t lane_twiddle;            // and those of the last
  uint32_t wide;                    // double, else float
  void* twiddles;
};

/// One plane of numbers for each part.
struct fft_planes {
  void* re;
  void* im;
};

/// Whether *n* is such a length.
uint32_t
fft_can(uint32_t n);

/// 0 when memory is exhausted. *n* is one that fft_can.
int
fft_init(struct fft* fft, uint32_t n, uint32_t wide);

/// Takes a zeroed one.
void
fft_fini(struct fft* fft);

/// Numbers that each plane of *work* must have room for, aligned to 64 bytes.
size_t
fft_room(const struct fft* fft);

/// Transforms *in*, which is only read and may be unaligned, by way of the two
/// pairs of planes *work*; gives the one of them that has the result. Only rows
/// whose bit in *rows* is set need be right. [f32: float, f64: double]
struct fft_planes
fft_run_f32(const struct fft* fft,
            struct fft_planes in,
            const struct fft_planes work[2],
            uint32_t rows);
struct fft_planes
fft_run_f64(const struct fft* fft,
            struct fft_planes in,
            const struct fft_planes work[2],
            uint32_t rows);

#endif
