// SPDX-License-Identifier: ISC
#include "bands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// The range of the telephone: above it noise tells more than speech.
static const double low_hz = 80.0;
static const double high_hz = 3800.0;
static const float least_power = 1e-10f;
static const float most_power = 1e4f;

static double
mel(double hz)
{
  return 1127.0 * log(1.0 + hz / 700.0);
}

static double
hz_of_mel(double m)
{
  return 700.0 * (exp(m / 1127.0) - 1.0);
}

// Edge *i* of the bands: each begins at an edge, has its top at the next, and
// ends at the one after.
static double
edge(uint32_t i, uint32_t rate)
{
  const double high = high_hz < 0.475 * rate ? high_hz : 0.475 * rate;
  const double step = (mel(high) - mel(low_hz)) / (BANDS + 1);
  return hz_of_mel(mel(low_hz) + step * i);
}

static double
triangle(double f, double low, double top, double high)
{
  const double up = (f - low) / (top - low);
  const double down = (high - f) / (high - top);
  const double least = up < down ? up : down;
  return least > 0.0 ? least : 0.0;
}

// Weights of one band, which sum to 1.
static void
fill_band(struct bands* b, uint32_t i, uint32_t rate, uint32_t at)
{
  const double hz = (double)rate / (2.0 * b->fft.n_points);
  const double low = edge(i, rate), top = edge(i + 1, rate);
  const double high = edge(i + 2, rate);
  const uint32_t first = (uint32_t)(low / hz);
  const uint32_t n = (uint32_t)(high / hz) + 1 - first;
  float* const w = b->weights + at;
  double sum = 0.0;

  for (uint32_t k = 0; k < n; ++k) {
    sum += triangle((first + k) * hz, low, top, high);
  }
  for (uint32_t k = 0; k < n; ++k) {
    w[k] = sum > 1e-3
             ? (float)(triangle((first + k) * hz, low, top, high) / sum)
             : first + k == (uint32_t)(top / hz + 0.5);
  }
  b->band[i] = (struct band){
    first, (n + BANDS_LANES - 1) / BANDS_LANES * BANDS_LANES, at
  };
}

static void
fill_window(struct bands* b)
{
  const double pi = acos(-1.0);
  double sum = 0.0;
  for (uint32_t i = 0; i < b->fft.n_frame; ++i) {
    const double w = 0.5 - 0.5 * cos(2.0 * pi * i / b->fft.n_frame);
    sum += w * w;
  }
  for (uint32_t i = 0; i < b->fft.n_frame; ++i) {
    const double w = 0.5 - 0.5 * cos(2.0 * pi * i / b->fft.n_frame);
    b->window[i] = (float)(w / sqrt(sum));
  }
}

int
bands_init(struct bands* bands, uint32_t rate, uint32_t n_window)
{
  memset(bands, 0, sizeof *bands);
  if (!fft_init(&bands->fft, n_window)) {
    return 0;
  }
  const uint32_t n_half = bands->fft.n_points + 1;
  // A band reads a little beyond its last bin, and weighs that by zero.
  const uint32_t n_power = n_half + BANDS_LANES;
  const uint32_t n_weights = 3 * n_half + BANDS * 2 * BANDS_LANES;
  bands->window = calloc((size_t)n_window + n_power + n_weights,
                         sizeof *bands->window);
  if (!bands->window) {
    bands_fini(bands);
    return 0;
  }
  bands->power = bands->window + n_window;
  bands->weights = bands->power + n_power;
  fill_window(bands);
  for (uint32_t i = 0, at = 0; i < BANDS; ++i) {
    fill_band(bands, i, rate, at);
    at += bands->band[i].n;
  }
  const struct band* const last = &bands->band[BANDS - 1];
  bands->n_bins = last->first + last->n < n_half ? last->first + last->n : n_half;
  return 1;
}

void
bands_fini(struct bands* bands)
{
  fft_fini(&bands->fft);
  free(bands->window);
  bands->window = NULL;
}

// A fixed number of sums side by side: the order of additions does not depend
// on the width of vectors.
VAD_FAST static void
weigh(const struct bands* bands, float* sums)
{
  for (uint32_t b = 0; b < BANDS; ++b) {
    const struct band* const band = &bands->band[b];
    const float* const power = bands->power + band->first;
    const float* const weights = bands->weights + band->weights;
    float sum[BANDS_LANES] = { 0 };
    for (uint32_t k = 0; k < band->n; k += BANDS_LANES) {
      for (uint32_t i = 0; i < BANDS_LANES; ++i) {
        sum[i] += power[k + i] * weights[k + i];
      }
    }
    sums[b] = (sum[0] + sum[2]) + (sum[1] + sum[3]);
  }
}

// x = 2^e m with m in sqrt(1/2) .. sqrt(2), and ln m = 2 atanh((m-1) / (m+1)).
// The C library's logarithm may differ from machine to machine.
float
bands_decibels(float x)
{
  const uint32_t root_half = 0x3f3504f3;
  uint32_t bits;
  float m;
  memcpy(&bits, &x, sizeof bits);
  const int32_t shifted = (int32_t)(bits - root_half);
  const uint32_t m_bits = ((uint32_t)shifted & 0x7fffff) + root_half;
  memcpy(&m, &m_bits, sizeof m);
  const float s = (m - 1.0f) / (m + 1.0f);
  const float s2 = s * s;
  const float ln_m =
    2.0f * s * (1.0f + s2 * (1.0f / 3 + s2 * (1.0f / 5 + s2 * (1.0f / 7))));
  return 3.01029996f * (float)(shifted >> 23) + 4.34294482f * ln_m;
}

// Comparisons that are false for NaN put it at the lower end.
VAD_FAST static void
to_decibels(float* decibels)
{
  for (uint32_t i = 0; i < BANDS; ++i) {
    float x = decibels[i] > least_power ? decibels[i] : least_power;
    x = x < most_power ? x : most_power;
    decibels[i] = bands_decibels(x);
  }
}

void
bands_measure(struct bands* bands, const float* samples, float* decibels)
{
  fft_power(&bands->fft, samples, bands->window, bands->power, bands->n_bins);
  weigh(bands, decibels);
  to_decibels(decibels);
}
