// SPDX-License-Identifier: ISC
// Two planes to one interleaved run and back, converted on the way. A frame of
// the run is one word, which vectorises better than two samples.
#include "hot.h"
#include "samples.h"
#include "wide.h"

#include <rill/helpers.h>

typedef uint32_t __attribute__((may_alias)) word;
typedef uint64_t __attribute__((may_alias)) word2;

RILL_CLONES void
stereo_weave_s16(void* both, void* left, void* right, uint32_t n,
          const struct limits* l)
{
  word* const to = (word*)both;
  const float* const a = (const float*)left;
  const float* const b = (const float*)right;
  const float lo = l->lo;
  const float hi = l->hi;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = ((uint32_t)hot_s16(a[i], lo, hi) & 0xffffu) |
            (uint32_t)hot_s16(b[i], lo, hi) << 16;
  }
}

// A sample in the upper half of a word is 2^16 times as large.
RILL_CLONES static void
part_s16(void* both, void* left, void* right, uint32_t n,
         const struct limits* l)
{
  (void)l;
  const word* const from = (const word*)both;
  float* const a = (float*)left;
  float* const b = (float*)right;
  for (uint32_t i = 0; i < n; ++i) {
    a[i] = (float)(int32_t)(from[i] << 16) * (1.0f / 2147483648.0f);
    b[i] = (float)(int32_t)(from[i] & 0xffff0000u) * (1.0f / 2147483648.0f);
  }
}

RILL_CLONES void
stereo_weave_f32(void* both, void* left, void* right, uint32_t n,
          const struct limits* l)
{
  (void)l;
  word2* const to = (word2*)both;
  const word* const a = (const word*)left;
  const word* const b = (const word*)right;
  for (uint32_t i = 0; i < n; ++i) {
    to[i] = a[i] | (uint64_t)b[i] << 32;
  }
}

RILL_CLONES void
stereo_part_f32(void* both, void* left, void* right, uint32_t n,
         const struct limits* l)
{
  (void)l;
  const word2* const from = (const word2*)both;
  word* const a = (word*)left;
  word* const b = (word*)right;
  for (uint32_t i = 0; i < n; ++i) {
    a[i] = (uint32_t)from[i];
    b[i] = (uint32_t)(from[i] >> 32);
  }
}

static const struct stereo stereos[] = {
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL },
    RILL_INTERLEAVED, 0, HOT_S16_LIMITS, stereo_weave_s16 },
  { { RILL_ENC_S16, RILL_ENC_F32, SCALE_FULL },
    RILL_PLANAR, 0, HOT_NO_LIMITS, part_s16 },
  { { RILL_ENC_F32, RILL_ENC_F32, SCALE_FULL },
    RILL_INTERLEAVED, 0, HOT_NO_LIMITS, stereo_weave_f32 },
  { { RILL_ENC_F32, RILL_ENC_F32, SCALE_FULL },
    RILL_PLANAR, 0, HOT_NO_LIMITS, stereo_part_f32 },
};

const struct stereo*
stereo_find(const struct conversion* c, uint32_t to_packing)
{
  const struct stereo* const wide = wide_stereo_find(c, to_packing);
  if (wide) {
    return wide;
  }
  for (uint32_t i = 0; i < RILL_COUNT(stereos); ++i) {
    const struct stereo* const s = &stereos[i];
    if (!memcmp(&s->conversion, c, sizeof *c) && s->to_packing == to_packing) {
      return s;
    }
  }
  return NULL;
}
