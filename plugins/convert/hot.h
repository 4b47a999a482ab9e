// SPDX-License-Identifier: ISC
// What the fast loops of one and of two channels share.
#ifndef CONVERT_HOT_H
#define CONVERT_HOT_H

#include "samples.h"

#include <math.h>

#define HOT_S16_LIMITS { -32768.0f, 32767.0f }
#define HOT_S24_LIMITS { -8388608.0f, 8388607.0f }
#define HOT_S32_LIMITS { -2147483648.0f, 2147483520.0f } // the float below 2^31
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

// The plain loops that also finish what the wide ones leave.

void
hot_f32_to_s16(void* out, const void* in, uint32_t n, const struct limits* l);

void
hot_f32_to_s24(void* out, const void* in, uint32_t n, const struct limits* l);

void
hot_s24_to_f32(void* out, const void* in, uint32_t n, const struct limits* l);

void
hot_f32_to_s32(void* out, const void* in, uint32_t n, const struct limits* l);

void
stereo_weave_s16(void* both, void* left, void* right, uint32_t n,
                 const struct limits* l);

void
stereo_weave_f32(void* both, void* left, void* right, uint32_t n,
                 const struct limits* l);

void
stereo_part_f32(void* both, void* left, void* right, uint32_t n,
                const struct limits* l);

#endif
