// SPDX-License-Identifier: ISC
// The pairs that most graphs need, each in one loop that vectorises.
#include "hot.h"
#include "samples.h"
#include "wide.h"

#include <rill/helpers.h>

// s24 lies at any address, four samples in three words.
typedef uint32_t __attribute__((may_alias, aligned(1))) word;

RILL_CLONES void
hot_f32_to_s16(void* out, const void* in, uint32_t n, const struct limits* l)
{
  int16_t* const to = (int16_t*)out;
  const float* const from = (const float*)in;
  const float lo = l->lo;
  const float hi = l->hi;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = (int16_t)hot_s16(from[i], lo, hi);
  }
}

RILL_CLONES static void
s16_to_f32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  float* const to = (float*)out;
  const int16_t* const from = (const int16_t*)in;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = (float)from[i] * (1.0f / 32768.0f);
  }
}

// Exact below 2^23; a float above that has no fraction.
static inline float
nearest(float x)
{
  const float size = fabsf(x);
  const float rounded = (size + 8388608.0f) - 8388608.0f;
  return copysignf(size < 8388608.0f ? rounded : size, x);
}

static inline uint32_t
to_s24(float x, float lo, float hi)
{
  return (uint32_t)(int32_t)nearest(hot_limited(x, 8388608.0f, lo, hi)) &
         0xffffffu;
}

RILL_CLONES void
hot_f32_to_s24(void* out, const void* in, uint32_t n, const struct limits* l)
{
  word* const to = (word*)out;
  const float* const from = (const float*)in;
  const float lo = l->lo;
  const float hi = l->hi;
  for (uint32_t i = 0; i < n / 4; ++i) {
    const uint32_t a = to_s24(from[4 * i], lo, hi);
    const uint32_t b = to_s24(from[4 * i + 1], lo, hi);
    const uint32_t c = to_s24(from[4 * i + 2], lo, hi);
    const uint32_t d = to_s24(from[4 * i + 3], lo, hi);
    to[3 * i] = a | b << 24;
    to[3 * i + 1] = b >> 8 | c << 16;
    to[3 * i + 2] = c >> 16 | d << 8;
  }
  for (uint32_t i = n / 4 * 4; i < n; ++i) {
    const uint32_t a = to_s24(from[i], lo, hi);
    memcpy((uint8_t*)out + 3 * (size_t)i, &a, 3);
  }
}

// The sample in the upper 24 bits of *bits*.
static inline float
from_s24(uint32_t bits)
{
  return (float)(int32_t)(bits & 0xffffff00u) * (1.0f / 2147483648.0f);
}

RILL_CLONES void
hot_s24_to_f32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  float* const to = (float*)out;
  const word* const from = (const word*)in;
  for (uint32_t i = 0; i < n / 4; ++i) {
    const uint32_t a = from[3 * i];
    const uint32_t b = from[3 * i + 1];
    const uint32_t c = from[3 * i + 2];
    to[4 * i] = from_s24(a << 8);
    to[4 * i + 1] = from_s24(b << 16 | a >> 16);
    to[4 * i + 2] = from_s24(c << 24 | b >> 8);
    to[4 * i + 3] = from_s24(c);
  }
  for (uint32_t i = n / 4 * 4; i < n; ++i) {
    uint32_t a = 0;
    memcpy(&a, (const uint8_t*)in + 3 * (size_t)i, 3);
    to[i] = from_s24(a << 8);
  }
}

// What is 1 or more has no float just below 2^31 - 1: it is set apart.
static inline int32_t
saturated(float x, int32_t value)
{
  return value | (-(int32_t)(x >= 1.0f) & INT32_MAX);
}

RILL_CLONES void
hot_f32_to_s32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  int32_t* const to = (int32_t*)out;
  const float* const from = (const float*)in;
  const float lo = l->lo;
  const float hi = l->hi;
  for (uint32_t i = 0; i < n; ++i) {
    const float x = nearest(hot_limited(from[i], 2147483648.0f, lo, hi));
    to[i] = saturated(from[i], (int32_t)x);
  }
}

RILL_CLONES static void
s32_to_f32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  float* const to = (float*)out;
  const int32_t* const from = (const int32_t*)in;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = (float)from[i] * (1.0f / 2147483648.0f);
  }
}

RILL_CLONES static void
s16_to_s32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  int32_t* const to = (int32_t*)out;
  const int16_t* const from = (const int16_t*)in;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = from[i] * 65536;
  }
}

// To the nearest, to even when there are two. What lies above 32767.5 would
// come out one too large.
RILL_CLONES static void
s32_to_s16(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  int16_t* const to = (int16_t*)out;
  const int32_t* const from = (const int32_t*)in;
  for (uint32_t i = 0; i < n; ++i) {
    const int32_t x = from[i] < 0x7fff7fff ? from[i] : 0x7fff7fff;
    to[i] = (int16_t)((x + 0x7fff + (x >> 16 & 1)) >> 16);
  }
}

// The two rules of the old system, where they differ from the above.

RILL_CLONES static void
f32_to_s16_legacy(void* out, const void* in, uint32_t n, const struct limits* l)
{
  int16_t* const to = (int16_t*)out;
  const float* const from = (const float*)in;
  const float lo = l->lo;
  const float hi = l->hi;
  for (uint32_t i = 0; i < n; ++i) {
    const float x = hot_limited(from[i], 1.0f, lo, hi);
    to[i] = (int16_t)(int32_t)(x * (x < 0.0f ? 32768.0f : 32767.0f));
  }
}

RILL_CLONES static void
f32_to_s16_fast(void* out, const void* in, uint32_t n, const struct limits* l)
{
  int16_t* const to = (int16_t*)out;
  const float* const from = (const float*)in;
  const float lo = l->lo;
  const float hi = l->hi;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = (int16_t)(int32_t)(hot_limited(from[i], 1.0f, lo, hi) * 32767.0f);
  }
}

RILL_CLONES static void
s16_to_f32_fast(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  float* const to = (float*)out;
  const int16_t* const from = (const int16_t*)in;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = (float)from[i] / 32767.0f;
  }
}

RILL_CLONES static void
f32_to_s32_truncated(void* out, const void* in, uint32_t n,
                     const struct limits* l)
{
  int32_t* const to = (int32_t*)out;
  const float* const from = (const float*)in;
  const float lo = l->lo;
  const float hi = l->hi;
  for (uint32_t i = 0; i < n; ++i) {
    const float x = hot_limited(from[i], 2147483648.0f, lo, hi);
    to[i] = saturated(from[i], (int32_t)x);
  }
}

RILL_CLONES static void
s32_to_s16_fast(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  int16_t* const to = (int16_t*)out;
  const int32_t* const from = (const int32_t*)in;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = (int16_t)(from[i] >> 16);
  }
}

enum { S16 = RILL_ENC_S16, S24 = RILL_ENC_S24, S32 = RILL_ENC_S32,
       F32 = RILL_ENC_F32 };
enum { FULL = SCALE_FULL, LEGACY = SCALE_LEGACY, FAST = SCALE_FAST };

#define ONE_LIMITS { -1.0f, 1.0f }

static const struct hot hots[] = {
  { { F32, S16, FULL }, HOT_S16_LIMITS, hot_f32_to_s16 },
  { { F32, S16, LEGACY }, ONE_LIMITS, f32_to_s16_legacy },
  { { F32, S16, FAST }, ONE_LIMITS, f32_to_s16_fast },
  { { S16, F32, FULL }, HOT_NO_LIMITS, s16_to_f32 },
  { { S16, F32, LEGACY }, HOT_NO_LIMITS, s16_to_f32 },
  { { S16, F32, FAST }, HOT_NO_LIMITS, s16_to_f32_fast },
  { { F32, S24, FULL }, HOT_S24_LIMITS, hot_f32_to_s24 },
  { { S24, F32, FULL }, HOT_NO_LIMITS, hot_s24_to_f32 },
  { { S24, F32, LEGACY }, HOT_NO_LIMITS, hot_s24_to_f32 },
  { { F32, S32, FULL }, HOT_S32_LIMITS, hot_f32_to_s32 },
  { { F32, S32, LEGACY }, HOT_S32_LIMITS, f32_to_s32_truncated },
  { { F32, S32, FAST }, HOT_S32_LIMITS, f32_to_s32_truncated },
  { { S32, F32, FULL }, HOT_NO_LIMITS, s32_to_f32 },
  { { S32, F32, LEGACY }, HOT_NO_LIMITS, s32_to_f32 },
  { { S32, F32, FAST }, HOT_NO_LIMITS, s32_to_f32 },
  { { S16, S32, FULL }, HOT_NO_LIMITS, s16_to_s32 },
  { { S16, S32, LEGACY }, HOT_NO_LIMITS, s16_to_s32 },
  { { S16, S32, FAST }, HOT_NO_LIMITS, s16_to_s32 },
  { { S32, S16, FULL }, HOT_NO_LIMITS, s32_to_s16 },
  { { S32, S16, FAST }, HOT_NO_LIMITS, s32_to_s16_fast },
};

const struct hot*
hot_find(const struct conversion* c)
{
  const struct hot* const wide = wide_find(c);
  if (wide) {
    return wide;
  }
  for (uint32_t i = 0; i < RILL_COUNT(hots); ++i) {
    if (!memcmp(&hots[i].conversion, c, sizeof *c)) {
      return &hots[i];
    }
  }
  return NULL;
}
