// SPDX-License-Identifier: ISC
// What the fast loops of one and of two channels share.
#ifndef CONVERT_HOT_H
#define CONVERT_HOT_H

#include <math.h>
#include <stdint.h>

#define HOT_S16_LIMITS { -32768.0f, 32767.0f }
#define HOT_NO_LIMITS { 0.0f, 0.0f }

/// x * full, within lo .. hi; 0 for NaN.
static inline float
hot_limited(float x, float full, float lo, float hi)
{
  float y = (x == x ? x : 0.0f) * full;
  y = y > lo ? y : lo;
  return y < hi ? y : hi;
}

/// The sample in the lower half of the bits. Adding 1.5 * 2^23 leaves no bits
/// for a fraction: the sum is rounded to the nearest whole number, to even
/// when there are two, which then stands in the lowest bits.
static inline int32_t
hot_s16(float x, float lo, float hi)
{
  union {
    float f;
    int32_t i;
  } sum;
  sum.f = hot_limited(x, 32768.0f, lo, hi) + 12582912.0f;
  return sum.i;
}

#endif
