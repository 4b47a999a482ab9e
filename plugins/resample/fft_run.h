// SPDX-License-Identifier: ISC
// A transform, from pass to pass.
// Included by the files that compile the transforms for one REAL each.
#ifndef RESAMPLE_FFT_RUN_H
#define RESAMPLE_FFT_RUN_H

#include "lanes.h"
#include "passes.h"

static void
run_join(const struct fft* fft,
         struct fft_planes in,
         struct fft_planes out,
         uint32_t rows)
{
  const struct join join = {
    .in_re = (const REAL*)in.re,
    .in_im = (const REAL*)in.im,
    .out_re = (REAL*)out.re,
    .out_im = (REAL*)out.im,
    .twiddles = (const REAL*)fft->twiddles + fft->lane_twiddle,
    .pitch = fft->pitch,
  };
  if (rows & ~(uint32_t)FFT_OUTER_ROWS) {
    join_all(&join);
  } else {
    join_outer(&join);
  }
}

struct fft_planes
REAL_NAME(fft_run)(const struct fft* fft,
                   struct fft_planes in,
                   const struct fft_planes work[2],
                   uint32_t rows)
{
  size_t span = FFT_LANES;
  size_t left = fft->row;

  for (uint32_t i = 0; i < fft->n_passes; ++i) {
    const uint32_t radix = fft->radix[i];
    left /= radix;
    const struct pass pass = {
      .in_re = (const REAL*)in.re,
      .in_im = (const REAL*)in.im,
      .out_re = (REAL*)work[i % 2].re,
      .out_im = (REAL*)work[i % 2].im,
      .twiddles = (const REAL*)fft->twiddles + fft->twiddle[i],
      .span = span,
      .count = left,
    };
    pass_run(radix, &pass);
    span *= radix;
    in = work[i % 2];
  }
  run_join(fft, in, work[fft->n_passes % 2], rows);
  return work[fft->n_passes % 2];
}

#endif
