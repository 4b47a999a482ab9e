// SPDX-License-Identifier: ISC
#include "planar.h"

#include <rill/format.h>
#include <rill/util/clones.h>

#include <string.h>

// Planes far apart and one small source: pieces that stay in the first cache.
enum { TILE_FRAMES = 128 };

struct s24 {
  uint8_t b[3];
};

static inline float
f32_of_u8(uint8_t x)
{
  return (float)((int)x - 128) * 0x1p-7f;
}

static inline float
f32_of_s16(int16_t x)
{
  return (float)x * 0x1p-15f;
}

static inline float
f32_of_s24(struct s24 x)
{
  const uint32_t high = (uint32_t)x.b[0] << 8 | (uint32_t)x.b[1] << 16 |
                        (uint32_t)x.b[2] << 24;
  return (float)(int32_t)high * 0x1p-31f;
}

static inline float
f32_of_s32(int32_t x)
{
  return (float)x * 0x1p-31f;
}

static inline float
f32_of_f32(float x)
{
  return x;
}

static inline float
f32_of_f64(double x)
{
  return (float)x;
}

// One, two and more channels of a type: the first two are what vectorises.
#define PLANAR_ONE(name, type)                                                 \
  RILL_CLONES static void from_##name##_1(const type* restrict in,             \
                                          uint32_t n, float* restrict out)     \
  {                                                                            \
    for (size_t i = 0; i < n; ++i) {                                           \
      out[i] = f32_of_##name(in[i]);                                           \
    }                                                                          \
  }
#define PLANAR_TWO(name, type)                                                 \
  RILL_CLONES static void from_##name##_2(                                     \
    const type* restrict in, uint32_t n, float* restrict left,                 \
    float* restrict right)                                                     \
  {                                                                            \
    for (size_t i = 0; i < n; ++i) {                                           \
      left[i] = f32_of_##name(in[2 * i]);                                      \
      right[i] = f32_of_##name(in[2 * i + 1]);                                 \
    }                                                                          \
  }
#define PLANAR_MANY(name, type)                                                \
  static void from_##name##_n(const type* restrict in, uint32_t n_channels,    \
                              uint32_t n, float* const* planes,                \
                              uint32_t first)                                  \
  {                                                                            \
    for (uint32_t t = 0; t < n; t += TILE_FRAMES) {                            \
      const uint32_t end = n - t < TILE_FRAMES ? n : t + TILE_FRAMES;          \
      for (uint32_t c = 0; c < n_channels; ++c) {                              \
        for (size_t i = t; i < end; ++i) {                                     \
          planes[c][first + i] =                                               \
            f32_of_##name(in[(uint64_t)i * n_channels + c]);                   \
        }                                                                      \
      }                                                                        \
    }                                                                          \
  }                                                                            \
  static void from_##name(const void* in, uint32_t n_channels, uint32_t n,     \
                          float* const* planes, uint32_t first)                \
  {                                                                            \
    if (n_channels == 1) {                                                     \
      from_##name##_1(in, n, planes[0] + first);                               \
    } else if (n_channels == 2) {                                              \
      from_##name##_2(in, n, planes[0] + first, planes[1] + first);            \
    } else {                                                                   \
      from_##name##_n(in, n_channels, n, planes, first);                       \
    }                                                                          \
  }

// The usual file. A frame is one word, and a sample in its upper half is 2^16
// times as large: half the work of taking samples apart.
RILL_CLONES static void
from_s16_2(const int16_t* restrict in,
           uint32_t n,
           float* restrict left,
           float* restrict right)
{
  for (size_t i = 0; i < n; ++i) {
    uint32_t frame;
    memcpy(&frame, in + 2 * i, sizeof frame);
    left[i] = f32_of_s32((int32_t)(frame << 16));
    right[i] = f32_of_s32((int32_t)(frame & 0xffff0000u));
  }
}

PLANAR_ONE(u8, uint8_t) PLANAR_TWO(u8, uint8_t) PLANAR_MANY(u8, uint8_t)
PLANAR_ONE(s16, int16_t) PLANAR_MANY(s16, int16_t)
PLANAR_ONE(s24, struct s24) PLANAR_TWO(s24, struct s24) PLANAR_MANY(s24, struct s24)
PLANAR_ONE(s32, int32_t) PLANAR_TWO(s32, int32_t) PLANAR_MANY(s32, int32_t)
PLANAR_ONE(f32, float) PLANAR_TWO(f32, float) PLANAR_MANY(f32, float)
PLANAR_ONE(f64, double) PLANAR_TWO(f64, double) PLANAR_MANY(f64, double)

typedef void (*planar_fn)(const void*, uint32_t, uint32_t, float* const*,
                          uint32_t);

static const planar_fn by_encoding[] = {
  [RILL_ENC_U8] = from_u8,   [RILL_ENC_S16] = from_s16,
  [RILL_ENC_S24] = from_s24, [RILL_ENC_S32] = from_s32,
  [RILL_ENC_F32] = from_f32, [RILL_ENC_F64] = from_f64,
};

void
planar_from(uint32_t encoding,
            const void* samples,
            uint32_t n_channels,
            uint32_t n_frames,
            float* const* planes,
            uint32_t first)
{
  by_encoding[encoding](samples, n_channels, n_frames, planes, first);
}

#define SAMPLE_AS(name, type)                                                  \
  {                                                                            \
    type x;                                                                    \
    memcpy(&x, sample, sizeof x);                                              \
    return f32_of_##name(x);                                                   \
  }

float
planar_sample(uint32_t encoding, const void* sample)
{
  switch (encoding) {
    case RILL_ENC_U8: SAMPLE_AS(u8, uint8_t)
    case RILL_ENC_S16: SAMPLE_AS(s16, int16_t)
    case RILL_ENC_S24: SAMPLE_AS(s24, struct s24)
    case RILL_ENC_S32: SAMPLE_AS(s32, int32_t)
    case RILL_ENC_F64: SAMPLE_AS(f64, double)
    default: SAMPLE_AS(f32, float)
  }
}

RILL_CLONES int
planar_has_nonfinite(const float* samples, uint32_t n)
{
  // All exponent bits set: seen without a branch for each sample.
  uint32_t found = 0;
  for (size_t i = 0; i < n; ++i) {
    uint32_t bits;
    memcpy(&bits, &samples[i], sizeof bits);
    found |= (bits & 0x7f800000u) == 0x7f800000u;
  }
  return (int)found;
}
