// SPDX-License-Identifier: ISC
// What a transform needs to know beforehand.
#include "fft.h"

#include "turns.h"

#include <stdlib.h>

// Large radices first: the earlier a pass, the more twiddles it has.
static const uint32_t radices[] = { 7, 9, 8, 5, 4, 3, 0 };

// Divides *n* by what it gives; 0 when nothing fits.
static uint32_t
take_radix(uint32_t* n)
{
  for (uint32_t i = 0; radices[i]; ++i) {
    const uint32_t r = radices[i];
    // 16 is 4 * 4, because there is no radix 2
    if (*n % r == 0 && !(r == 8 && (*n / 8) % 4 == 2)) {
      *n /= r;
      return r;
    }
  }
  return 0;
}

uint32_t
fft_can(uint32_t n)
{
  if (n % FFT_LANES || n <= FFT_LANES) {
    return 0; // one pass at least
  }
  n /= FFT_LANES;
  while (n > 1 && take_radix(&n)) {
  }
  return n == 1;
}

// exp(-2 pi i k / n) for all k < n, as cosine and sine of the angle.
struct root {
  double cos;
  double sin;
};

// The first eighth is computed, the others are its mirror images.
static void
fill_roots(struct root* roots, uint32_t n)
{
  const uint32_t quarter = n / 4;
  for (uint32_t k = 0; k <= n / 8; ++k) {
    const double x = (double)k / n;
    roots[k] = (struct root){ turns_cos(x), turns_sin(x) };
    roots[quarter - k] = (struct root){ roots[k].sin, roots[k].cos };
  }
  for (uint32_t k = 0; k < quarter; ++k) {
    const struct root r = roots[k];
    roots[k + quarter] = (struct root){ -r.sin, r.cos };
    roots[k + 2 * quarter] = (struct root){ -r.cos, -r.sin };
    roots[k + 3 * quarter] = (struct root){ r.sin, -r.cos };
  }
}

static void
put(struct fft* fft, size_t re, size_t im, struct root root)
{
  if (fft->wide) {
    ((double*)fft->twiddles)[re] = root.cos;
    ((double*)fft->twiddles)[im] = -root.sin;
  } else {
    ((float*)fft->twiddles)[re] = (float)root.cos;
    ((float*)fft->twiddles)[im] = (float)-root.sin;
  }
}

static size_t
plan_passes(struct fft* fft)
{
  size_t n_numbers = 0;
  uint32_t left = fft->row;
  while (left > 1) {
    const uint32_t r = take_radix(&left);
    fft->radix[fft->n_passes] = r;
    fft->twiddle[fft->n_passes] = (uint32_t)n_numbers;
    n_numbers += (size_t)left * 2 * (r - 1);
    ++fft->n_passes;
  }
  fft->lane_twiddle = (uint32_t)n_numbers;
  return n_numbers + (size_t)2 * (FFT_LANES - 1) * fft->pitch;
}

// For each p the r - 1 factors of its outputs 1, 2, ...
static void
fill_pass(struct fft* fft,
          const struct root* roots,
          uint32_t pass,
          uint32_t length)
{
  const uint32_t step = fft->n / length;
  const uint32_t r = fft->radix[pass];
  size_t at = fft->twiddle[pass];
  for (uint32_t p = 0; p < length / r; ++p) {
    for (uint32_t j = 1; j < r; ++j, at += 2) {
      put(fft, at, at + 1, roots[(size_t)p * j * step]);
    }
  }
}

static void
fill_lanes(struct fft* fft, const struct root* roots)
{
  for (uint32_t c = 1; c < FFT_LANES; ++c) {
    const size_t re = fft->lane_twiddle + (size_t)2 * (c - 1) * fft->pitch;
    for (uint32_t k = 0; k < fft->row; ++k) {
      put(fft, re + k, re + fft->pitch + k, roots[(size_t)c * k]);
    }
  }
}

static void
fill_twiddles(struct fft* fft, struct root* roots)
{
  uint32_t length = fft->row;
  fill_roots(roots, fft->n);
  for (uint32_t i = 0; i < fft->n_passes; ++i) {
    fill_pass(fft, roots, i, length);
    length /= fft->radix[i];
  }
  fill_lanes(fft, roots);
}

int
fft_init(struct fft* fft, uint32_t n, uint32_t wide)
{
  const uint32_t row = n / FFT_LANES;
  *fft = (struct fft){ .n = n, .row = row, .wide = wide };
  fft->pitch = (row + FFT_TILE - 1) / FFT_TILE * FFT_TILE;
  const size_t n_numbers = plan_passes(fft);
  struct root* const roots = (struct root*)malloc(n * sizeof *roots);
  fft->twiddles = calloc(n_numbers, wide ? sizeof(double) : sizeof(float));
  if (!roots || !fft->twiddles) {
    free(roots);
    fft_fini(fft);
    return 0;
  }

  fill_twiddles(fft, roots);
  free(roots);
  return 1;
}

void
fft_fini(struct fft* fft)
{
  free(fft->twiddles);
  fft->twiddles = NULL;
}

size_t
fft_room(const struct fft* fft)
{
  return (size_t)FFT_LANES * fft->pitch;
}
