// SPDX-License-Identifier: ISC
// Forward, over to the other rate, back.
// Included by the files that compile this for one REAL each.
#ifndef RESAMPLE_BAND_H
#define RESAMPLE_BAND_H

#include "blocks_run.h"

#include <rill/util/clones.h>

struct weigh {
  const REAL* re;
  const REAL* im;
  const REAL* by;
  REAL* out_re;
  REAL* out_im;
  size_t n;
};

RILL_CLONES static void
weigh(const struct weigh* w)
{
  const REAL* restrict re = w->re;
  const REAL* restrict im = w->im;
  const REAL* restrict by = w->by;
  REAL* restrict out_re = w->out_re;
  REAL* restrict out_im = w->out_im;
  for (size_t i = 0; i < w->n; ++i) {
    out_re[i] = re[i] * by[i];
    out_im[i] = im[i] * by[i];
  }
}

// *n* bins from *from* of the forward transform to *to* of the inverse one;
// *low* is what bin *from* is at the lower rate.
static void
carry(const struct blocks* b,
      struct fft_planes spectrum,
      uint32_t from,
      uint32_t to,
      uint32_t low,
      uint32_t n)
{
  const uint32_t row = b->forward.row;
  while (n) {
    const size_t at = (size_t)(from / row) * b->forward.pitch + from % row;
    const uint32_t left = row - from % row;
    const uint32_t part = n < left ? n : left;
    weigh(&(struct weigh){ (const REAL*)spectrum.re + at,
                           (const REAL*)spectrum.im + at,
                           (const REAL*)b->response + low,
                           (REAL*)b->band.re + to, (REAL*)b->band.im + to,
                           part });
    from += part;
    to += part;
    low += part;
    n -= part;
  }
}

// Which rows of the forward transform have bins that are carried over.
static uint32_t
needed_rows(const struct blocks* b, uint32_t half)
{
  const uint32_t n = (half + b->forward.row - 1) / b->forward.row;
  return n <= 2 ? FFT_OUTER_ROWS : FFT_ALL_ROWS;
}

struct fft_planes
REAL_NAME(blocks_run)(const struct blocks* b,
                      const float* first,
                      const float* second)
{
  const uint32_t n_in = b->plan.n_in;
  const uint32_t n_out = b->plan.n_out;
  const uint32_t low = n_in < n_out ? n_in : n_out;
  const uint32_t half = low / 2; // that bin stays 0: nothing is left there

  const struct fft_planes spectrum =
    REAL_NAME(fft_run)(&b->forward, REAL_NAME(windows)(b, first, second),
                       b->work, needed_rows(b, half));
  carry(b, spectrum, 0, 0, 0, half);
  carry(b, spectrum, n_in - half + 1, n_out - half + 1, low - half + 1,
        half - 1);
  // the parts swapped: the inverse
  const struct fft_planes swapped = REAL_NAME(fft_run)(
    &b->inverse, (struct fft_planes){ b->band.im, b->band.re }, b->work,
    FFT_ALL_ROWS);
  return (struct fft_planes){ swapped.im, swapped.re };
}

#endif
