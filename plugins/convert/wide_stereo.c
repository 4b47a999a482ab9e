// SPDX-License-Identifier: ISC
// Two planes and one interleaved run.
#include "wide.h"

#if CONVERT_WIDE

#include "hot.h"

#include <immintrin.h>
#include <rill/helpers.h>

#define AVX2 __attribute__((target("avx2")))

enum { GROUP = 16, CHUNK = 2048 };

AVX2 static inline __m256i
scaled(const float* in)
{
  const __m256 full = _mm256_set1_ps(32768.0f);
  return _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(in), full));
}

AVX2 static inline __m256i
woven_s16(const float* a, const float* b)
{
  const __m256i turns = _mm256_setr_epi8(
    0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15,
    0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
  return _mm256_shuffle_epi8(_mm256_packs_epi32(scaled(a), scaled(b)), turns);
}

AVX2 static void
groups_woven(int16_t* to, const float* a, const float* b, uint32_t n)
{
  for (uint32_t i = 0; i < n; i += GROUP) {
    __m256i* const at = (__m256i*)(void*)(to + 2 * (size_t)i);
    _mm256_storeu_si256(at, woven_s16(a + i, b + i));
    _mm256_storeu_si256(at + 1, woven_s16(a + i + 8, b + i + 8));
  }
}

static void (*volatile const weave_groups)(int16_t*, const float*, const float*,
                                           uint32_t) = groups_woven;

// As in wide.c: a chunk with what is no 32-bit integer is done again.
static void
weave_s16(void* both, void* left, void* right, uint32_t n,
          const struct limits* l)
{
  int16_t* const to = (int16_t*)both;
  float* const a = (float*)left;
  float* const b = (float*)right;
  const uint32_t whole = n / GROUP * GROUP;
  for (uint32_t i = 0; i < whole; i += CHUNK) {
    const uint32_t some = whole - i < CHUNK ? whole - i : CHUNK;
    const unsigned before = wide_watch();
    weave_groups(to + 2 * (size_t)i, a + i, b + i, some);
    if (wide_saw_invalid(before)) {
      stereo_weave_s16(to + 2 * (size_t)i, a + i, b + i, some, l);
    }
  }
  stereo_weave_s16(to + 2 * (size_t)whole, a + whole, b + whole, n - whole, l);
}

AVX2 static void
weave_f32(void* both, void* left, void* right, uint32_t n,
          const struct limits* l)
{
  float* const to = (float*)both;
  float* const a = (float*)left;
  float* const b = (float*)right;
  const uint32_t whole = n / 8 * 8;
  for (uint32_t i = 0; i < whole; i += 8) {
    const __m256 x = _mm256_loadu_ps(a + i);
    const __m256 y = _mm256_loadu_ps(b + i);
    const __m256 even = _mm256_unpacklo_ps(x, y);
    const __m256 odd = _mm256_unpackhi_ps(x, y);
    float* const at = to + 2 * (size_t)i;
    _mm256_storeu_ps(at, _mm256_permute2f128_ps(even, odd, 0x20));
    _mm256_storeu_ps(at + 8, _mm256_permute2f128_ps(even, odd, 0x31));
  }
  stereo_weave_f32(to + 2 * (size_t)whole, a + whole, b + whole, n - whole, l);
}

// Frames 0 1 | 4 5 and 2 3 | 6 7 of two vectors put into order.
AVX2 static inline void
store_in_order(float* to, __m256 x)
{
  _mm256_storeu_pd((double*)(void*)to,
                   _mm256_permute4x64_pd(_mm256_castps_pd(x), 0xd8));
}

AVX2 static void
part_f32(void* both, void* left, void* right, uint32_t n,
         const struct limits* l)
{
  float* const from = (float*)both;
  float* const a = (float*)left;
  float* const b = (float*)right;
  const uint32_t whole = n / 8 * 8;
  for (uint32_t i = 0; i < whole; i += 8) {
    const __m256 x = _mm256_loadu_ps(from + 2 * (size_t)i);
    const __m256 y = _mm256_loadu_ps(from + 2 * (size_t)i + 8);
    store_in_order(a + i, _mm256_shuffle_ps(x, y, 0x88));
    store_in_order(b + i, _mm256_shuffle_ps(x, y, 0xdd));
  }
  stereo_part_f32(from + 2 * (size_t)whole, a + whole, b + whole, n - whole, l);
}

static const struct stereo wides[] = {
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL },
    RILL_INTERLEAVED, 0, HOT_S16_LIMITS, weave_s16 },
  { { RILL_ENC_F32, RILL_ENC_F32, SCALE_FULL },
    RILL_INTERLEAVED, 0, HOT_NO_LIMITS, weave_f32 },
  { { RILL_ENC_F32, RILL_ENC_F32, SCALE_FULL },
    RILL_PLANAR, 0, HOT_NO_LIMITS, part_f32 },
};

const struct stereo*
wide_stereo_find(const struct conversion* c, uint32_t to_packing)
{
  for (uint32_t i = 0; i < RILL_COUNT(wides); ++i) {
    const struct stereo* const s = &wides[i];
    if (!memcmp(&s->conversion, c, sizeof *c) && s->to_packing == to_packing) {
      return __builtin_cpu_supports("avx2") ? s : NULL;
    }
  }
  return NULL;
}

#else

const struct stereo*
wide_stereo_find(const struct conversion* c, uint32_t to_packing)
{
  (void)c;
  (void)to_packing;
  return NULL;
}

#endif
