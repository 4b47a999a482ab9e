// SPDX-License-Identifier: ISC
#include "peaks.h"

#include <rill/util/clones.h>

#include <math.h>
#include <string.h>

typedef float eight __attribute__((vector_size(32)));
typedef int32_t eight_bits __attribute__((vector_size(32)));

static double
tap(uint32_t j, uint32_t factor)
{
  const double pi = acos(-1.0);
  const double at = ((double)j - PEAKS_TAPS / 2.0) * pi / factor;
  const double hann = 0.5 * (1.0 - cos(2.0 * pi * j / PEAKS_TAPS));
  return at == 0.0 ? hann : sin(at) / at * hann;
}

// Phase 0 would be the samples themselves.
void
peaks_init(struct peaks* p, uint32_t rate)
{
  *p = (struct peaks){ .factor = rate < 96000 ? 4 : rate < 192000 ? 2 : 1 };
  p->n_taps = PEAKS_TAPS / p->factor;
  for (uint32_t phase = 1; phase < p->factor; ++phase) {
    for (uint32_t t = 0; t < p->n_taps; ++t) {
      p->taps[phase][p->n_taps - 1 - t] =
        (float)tap(t * p->factor + phase, p->factor);
    }
  }
}

// By pointers: vectors as arguments are another thing on each processor.
static inline __attribute__((always_inline)) void
rise(eight_bits* most, const eight* x)
{
  const eight_bits size = (eight_bits)*x & INT32_MAX; // sorts as the floats do
  const eight_bits mask = size > *most;
  *most = (size & mask) | (*most & ~mask);
}

static float
largest(const eight_bits* bits)
{
  float x[8];
  float most = 0.0f;
  memcpy(x, bits, sizeof x);
  for (int i = 0; i < 8; ++i) {
    most = x[i] > most ? x[i] : most;
  }
  return most;
}

static inline __attribute__((always_inline)) void
load(eight* to, const float* from)
{
  memcpy(to, from, sizeof *to);
}

// Sixteen samples of three phases at a time, which share what they read.
RILL_CLONES static float
between_4(const struct peaks* p, const float* x, uint32_t n)
{
  enum { TAPS = PEAKS_TAPS / 4 };
  eight_bits most = { 0 };
  for (size_t i = 0; i + 16 <= n; i += 16) {
    eight a0 = { 0 }, a1 = { 0 }, b0 = { 0 }, b1 = { 0 }, c0 = { 0 }, c1 = { 0 };
    for (uint32_t t = 0; t < TAPS; ++t) {
      const float* const at = x + i + t - (TAPS - 1);
      eight x0, x1;
      load(&x0, at);
      load(&x1, at + 8);
      a0 += x0 * p->taps[1][t];
      a1 += x1 * p->taps[1][t];
      b0 += x0 * p->taps[2][t];
      b1 += x1 * p->taps[2][t];
      c0 += x0 * p->taps[3][t];
      c1 += x1 * p->taps[3][t];
    }
    rise(&most, &a0);
    rise(&most, &b0);
    rise(&most, &c0);
    rise(&most, &a1);
    rise(&most, &b1);
    rise(&most, &c1);
  }
  return largest(&most);
}

RILL_CLONES static float
between_2(const struct peaks* p, const float* x, uint32_t n)
{
  enum { TAPS = PEAKS_TAPS / 2 };
  eight_bits most = { 0 };
  for (size_t i = 0; i + 16 <= n; i += 16) {
    eight a0 = { 0 }, a1 = { 0 };
    for (uint32_t t = 0; t < TAPS; ++t) {
      const float* const at = x + i + t - (TAPS - 1);
      eight x0, x1;
      load(&x0, at);
      load(&x1, at + 8);
      a0 += x0 * p->taps[1][t];
      a1 += x1 * p->taps[1][t];
    }
    rise(&most, &a0);
    rise(&most, &a1);
  }
  return largest(&most);
}

float
peaks_between_plain(const struct peaks* p, const float* x, uint32_t n)
{
  float most = 0.0f;
  for (uint32_t i = 0; i < n; ++i) {
    for (uint32_t phase = 1; phase < p->factor; ++phase) {
      float sum = 0.0f;
      for (uint32_t t = 0; t < p->n_taps; ++t) {
        sum += (x + i)[(int)t - (int)(p->n_taps - 1)] * p->taps[phase][t];
      }
      most = fabsf(sum) > most ? fabsf(sum) : most;
    }
  }
  return most;
}

float
peaks_between(const struct peaks* p, const float* x, uint32_t n)
{
  const uint32_t whole = n / 16 * 16;
  const float rest = peaks_between_plain(p, x + whole, n - whole);
  const float most = p->factor == 4   ? between_4(p, x, whole)
                     : p->factor == 2 ? between_2(p, x, whole)
                                      : 0.0f;
  return rest > most ? rest : most;
}

RILL_CLONES float
peaks_clean(float* restrict to,
            const float* restrict from,
            uint32_t n,
            uint64_t* n_odd)
{
  int32_t most = 0;
  uint32_t odd = 0;
  float result;
  for (size_t i = 0; i < n; ++i) {
    int32_t bits;
    memcpy(&bits, &from[i], sizeof bits);
    const int32_t size = bits & INT32_MAX;
    const int is_odd = size >= 0x7f800000;
    const int32_t kept = is_odd ? 0 : bits;
    const int32_t kept_size = is_odd ? 0 : size;
    memcpy(&to[i], &kept, sizeof kept);
    most = kept_size > most ? kept_size : most;
    odd += (uint32_t)is_odd;
  }
  *n_odd += odd;
  memcpy(&result, &most, sizeof result);
  return result;
}
