// SPDX-License-Identifier: ISC
// A complex FFT of half the length over pairs of samples, by Stockham's
// self-sorting passes of radix 4 (and one of radix 2 where the exponent is
// odd), then the split into the spectrum of the real frame.
#include "fft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Complex numbers lie as a run of real and a run of imaginary parts.
struct run {
  float* re;
  float* im;
};

static void
fill_tables(struct fft* fft)
{
  const uint32_t n = fft->n_points;
  const uint32_t quarter = n / 4;
  const double pi = acos(-1.0);

  for (uint32_t p = 0; p < quarter; ++p) {
    for (uint32_t k = 1; k < 4; ++k) {
      const double angle = -2.0 * pi * k * p / n;
      fft->twiddles[(2 * k - 2) * quarter + p] = (float)cos(angle);
      fft->twiddles[(2 * k - 1) * quarter + p] = (float)sin(angle);
    }
  }
  for (uint32_t k = 0; k <= n; ++k) {
    fft->turns[k] = (float)cos(pi * k / n);
    fft->turns[n + 1 + k] = (float)-sin(pi * k / n);
  }
}

int
fft_init(struct fft* fft, uint32_t n_frame)
{
  uint32_t n = FFT_MIN / 2;
  while (2 * n < n_frame) {
    n *= 2;
  }
  const size_t n_run = (size_t)n + 16; // the spectrum repeats its first point
  const size_t n_twiddles = n / 4 * 6;
  const size_t n_turns = 2 * ((size_t)n + 1);
  float* const memory =
    calloc(n_twiddles + n_turns + 4 * n_run, sizeof *memory);
  if (!memory) {
    return 0;
  }
  *fft = (struct fft){ .n_frame = n_frame, .n_points = n, .memory = memory };
  fft->twiddles = memory;
  fft->turns = fft->twiddles + n_twiddles;
  for (size_t i = 0; i < 4; ++i) {
    fft->work[i] = fft->turns + n_turns + i * n_run;
  }
  fill_tables(fft);
  return 1;
}

void
fft_fini(struct fft* fft)
{
  free(fft->memory);
  fft->memory = NULL;
}

// Pointers of their own tell the compiler that nothing overlaps; that makes
// the parameters many.

// The first pass: one transform of 4 q points, a butterfly for each p.
VAD_FAST static void
first_pass(const float* restrict w,
           size_t q,
           const float* restrict xr,
           const float* restrict xi,
           float* restrict yr,
           float* restrict yi)
{
  for (size_t p = 0; p < q; ++p) {
    const float ar = xr[p] + xr[p + 2 * q];
    const float ai = xi[p] + xi[p + 2 * q];
    const float br = xr[p] - xr[p + 2 * q];
    const float bi = xi[p] - xi[p + 2 * q];
    const float cr = xr[p + q] + xr[p + 3 * q];
    const float ci = xi[p + q] + xi[p + 3 * q];
    const float dr = xi[p + q] - xi[p + 3 * q]; // -i times the difference
    const float di = xr[p + 3 * q] - xr[p + q];
    yr[4 * p] = ar + cr;
    yi[4 * p] = ai + ci;
    yr[4 * p + 1] = (br + dr) * w[p] - (bi + di) * w[q + p];
    yi[4 * p + 1] = (br + dr) * w[q + p] + (bi + di) * w[p];
    yr[4 * p + 2] = (ar - cr) * w[2 * q + p] - (ai - ci) * w[3 * q + p];
    yi[4 * p + 2] = (ar - cr) * w[3 * q + p] + (ai - ci) * w[2 * q + p];
    yr[4 * p + 3] = (br - dr) * w[4 * q + p] - (bi - di) * w[5 * q + p];
    yi[4 * p + 3] = (br - dr) * w[5 * q + p] + (bi - di) * w[4 * q + p];
  }
}

// A later pass: s transforms of n points lie interleaved; w is e^(-2 pi i / n)
// to the powers 1, 2 and 3 of p, which all s share, and q a quarter of all
// points. Inline, so that a constant s makes loops of known length.
static inline __attribute__((always_inline)) void
later_pass(const float* restrict w,
           size_t q,
           size_t s,
           const float* restrict xr,
           const float* restrict xi,
           float* restrict yr,
           float* restrict yi)
{
  for (size_t p = 0; p < q; p += s) {
    const float w1r = w[p], w1i = w[q + p];
    const float w2r = w[2 * q + p], w2i = w[3 * q + p];
    const float w3r = w[4 * q + p], w3i = w[5 * q + p];
    for (size_t j = 0; j < s; ++j) {
      const size_t x = p + j;
      const size_t y = 4 * p + j;
      const float ar = xr[x] + xr[x + 2 * q];
      const float ai = xi[x] + xi[x + 2 * q];
      const float br = xr[x] - xr[x + 2 * q];
      const float bi = xi[x] - xi[x + 2 * q];
      const float cr = xr[x + q] + xr[x + 3 * q];
      const float ci = xi[x + q] + xi[x + 3 * q];
      const float dr = xi[x + q] - xi[x + 3 * q];
      const float di = xr[x + 3 * q] - xr[x + q];
      yr[y] = ar + cr;
      yi[y] = ai + ci;
      yr[y + s] = (br + dr) * w1r - (bi + di) * w1i;
      yi[y + s] = (br + dr) * w1i + (bi + di) * w1r;
      yr[y + 2 * s] = (ar - cr) * w2r - (ai - ci) * w2i;
      yi[y + 2 * s] = (ar - cr) * w2i + (ai - ci) * w2r;
      yr[y + 3 * s] = (br - dr) * w3r - (bi - di) * w3i;
      yi[y + 3 * s] = (br - dr) * w3i + (bi - di) * w3r;
    }
  }
}

VAD_FAST static void
any_later_pass(const float* restrict w,
               size_t q,
               size_t s,
               const float* restrict xr,
               const float* restrict xi,
               float* restrict yr,
               float* restrict yi)
{
  switch (s) {
    case 4: later_pass(w, q, 4, xr, xi, yr, yi); break;
    case 16: later_pass(w, q, 16, xr, xi, yr, yi); break;
    case 64: later_pass(w, q, 64, xr, xi, yr, yi); break;
    case 256: later_pass(w, q, 256, xr, xi, yr, yi); break;
    default: later_pass(w, q, s, xr, xi, yr, yi); break;
  }
}

VAD_FAST static void
last_pass(size_t s, const float* restrict x, float* restrict y)
{
  for (size_t j = 0; j < s; ++j) {
    y[j] = x[j] + x[j + s];
    y[j + s] = x[j] - x[j + s];
  }
}

static void
pass(const float* w, uint32_t n, uint32_t s, struct run x, struct run y)
{
  if (n == 2) {
    last_pass(s, x.re, y.re);
    last_pass(s, x.im, y.im);
  } else {
    any_later_pass(w, (size_t)n / 4 * s, s, x.re, x.im, y.re, y.im);
  }
}

// Gives where the result is.
static struct run
transform(const struct fft* fft, struct run x, struct run y)
{
  uint32_t s = 4;
  first_pass(fft->twiddles, fft->n_points / 4, x.re, x.im, y.re, y.im);
  for (uint32_t n = fft->n_points / 4; n > 1; n /= 4, s *= 4) {
    const struct run was = x;
    x = y;
    y = was;
    pass(fft->twiddles, n, s, x, y);
  }
  return y;
}

// With Z the transform of even + i odd samples:
// X[k] = (Z[k] + Z*[n-k]) / 2 - i e^(-pi i k / n) (Z[k] - Z*[n-k]) / 2.
VAD_FAST static void
split(const float* restrict turns,
      uint32_t n,
      const float* restrict zr,
      const float* restrict zi,
      float* restrict power,
      uint32_t n_bins)
{
  for (size_t k = 0; k < n_bins; ++k) {
    const float er = zr[k] + zr[n - k];
    const float ei = zi[k] - zi[n - k];
    const float or = zi[k] + zi[n - k];
    const float oi = zr[n - k] - zr[k];
    const float wr = turns[k];
    const float wi = turns[n + 1 + k];
    const float xr = er + (or * wr - oi * wi);
    const float xi = ei + (or * wi + oi * wr);
    power[k] = 0.25f * (xr * xr + xi * xi);
  }
}

// The window, and every second sample to the imaginary parts.
VAD_FAST static void
deal(const float* restrict samples,
     const float* restrict window,
     size_t n_pairs,
     float* restrict zr,
     float* restrict zi)
{
  for (size_t i = 0; i < n_pairs; ++i) {
    zr[i] = samples[2 * i] * window[2 * i];
    zi[i] = samples[2 * i + 1] * window[2 * i + 1];
  }
}

void
fft_power(struct fft* fft,
          const float* samples,
          const float* window,
          float* power,
          uint32_t n_bins)
{
  const uint32_t n = fft->n_points;
  const uint32_t n_pairs = fft->n_frame / 2;
  const struct run x = { fft->work[0], fft->work[1] };
  const struct run y = { fft->work[2], fft->work[3] };

  deal(samples, window, n_pairs, x.re, x.im);
  memset(x.re + n_pairs, 0, (n - n_pairs) * sizeof *x.re);
  memset(x.im + n_pairs, 0, (n - n_pairs) * sizeof *x.im);
  if (fft->n_frame % 2) {
    x.re[n_pairs] = samples[fft->n_frame - 1] * window[fft->n_frame - 1];
  }
  const struct run z = transform(fft, x, y);
  z.re[n] = z.re[0];
  z.im[n] = z.im[0];
  split(fft->turns, n, z.re, z.im, power, n_bins);
}
