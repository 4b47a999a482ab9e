// SPDX-License-Identifier: ISC
// One channel, or samples side by side: 32 at a time.
//
// The conversion to integers gives INT32_MIN for NaN, infinity and floats of
// 2^31 and more, and raises the flag of an invalid operation, which stays
// raised. So nothing is looked at on the way: a chunk that raised it is done
// again by the plain loop. What fits into 32 bits needs no clamp but that of
// integers.
#include "wide.h"

#if CONVERT_WIDE

#include "hot.h"

#include <immintrin.h>
#include <rill/helpers.h>

#define AVX2 __attribute__((target("avx2")))

enum { GROUP = 32, CHUNK = 4096 };

typedef void fast_fn(void* out, const void* in, uint32_t n);
typedef void plain_fn(void* out, const void* in, uint32_t n,
                      const struct limits* l);

// The call through a volatile pointer keeps the compiler from moving arithmetic
// out of the span in which the flag is watched.
static void
run_chunks(fast_fn* volatile fast,
           plain_fn* plain,
           uint8_t* out,
           const float* in,
           uint32_t n,
           uint32_t sample_bytes,
           const struct limits* l)
{
  const uint32_t whole = n / GROUP * GROUP;
  for (uint32_t i = 0; i < whole; i += CHUNK) {
    const uint32_t some = whole - i < CHUNK ? whole - i : CHUNK;
    uint8_t* const to = out + (size_t)i * sample_bytes;
    const unsigned before = wide_watch();
    fast(to, in + i, some);
    if (wide_saw_invalid(before)) {
      plain(to, in + i, some, l);
    }
  }
  plain(out + (size_t)whole * sample_bytes, in + whole, n - whole, l);
}

AVX2 static inline __m256i
scaled(const float* in, float full)
{
  return _mm256_cvtps_epi32(
    _mm256_mul_ps(_mm256_loadu_ps(in), _mm256_set1_ps(full)));
}

AVX2 static inline void
store_s16(int16_t* to, __m256i a, __m256i b)
{
  _mm256_storeu_si256((__m256i*)(void*)to,
                      _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xd8));
}

AVX2 static void
groups_to_s16(void* out, const void* in, uint32_t n)
{
  int16_t* const to = (int16_t*)out;
  const float* const from = (const float*)in;
  for (uint32_t i = 0; i < n; i += GROUP) {
    const __m256i a = scaled(from + i, 32768.0f);
    const __m256i b = scaled(from + i + 8, 32768.0f);
    const __m256i c = scaled(from + i + 16, 32768.0f);
    const __m256i d = scaled(from + i + 24, 32768.0f);
    store_s16(to + i, a, b);
    store_s16(to + i + 16, c, d);
  }
}

static void
f32_to_s16(void* out, const void* in, uint32_t n, const struct limits* l)
{
  run_chunks(groups_to_s16, hot_f32_to_s16, (uint8_t*)out, (const float*)in, n,
             2, l);
}

// A sample in the upper half of a word is 2^16 times as large.
AVX2 static inline void
store_halves(float* to, __m256i words)
{
  const __m256 step = _mm256_set1_ps(1.0f / 2147483648.0f);
  _mm256_storeu_ps(to, _mm256_mul_ps(_mm256_cvtepi32_ps(words), step));
}

AVX2 static void
s16_to_f32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  (void)l;
  float* const to = (float*)out;
  const int16_t* const from = (const int16_t*)in;
  const __m256i zero = _mm256_setzero_si256();
  const uint32_t whole = n / 16 * 16;
  for (uint32_t i = 0; i < whole; i += 16) {
    const __m256i x = _mm256_permute4x64_epi64(
      _mm256_loadu_si256((const __m256i*)(const void*)(from + i)), 0xd8);
    store_halves(to + i, _mm256_unpacklo_epi16(zero, x));
    store_halves(to + i + 8, _mm256_unpackhi_epi16(zero, x));
  }
  for (uint32_t i = whole; i < n; ++i) {
    to[i] = (float)from[i] * (1.0f / 32768.0f);
  }
}

// The lower three bytes of eight words, side by side in six words; the other
// two go where *order* says.
AVX2 static inline __m256i
packed(__m256i words, __m256i order)
{
  const __m256i most = _mm256_set1_epi32(8388607);
  const __m256i least = _mm256_set1_epi32(-8388608);
  const __m256i close = _mm256_setr_epi8(
    0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1,
    0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
  words = _mm256_max_epi32(_mm256_min_epi32(words, most), least);
  return _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(words, close), order);
}

// Four times six words make three times eight.
AVX2 static inline void
store_s24(uint8_t* to, const float* from)
{
  const __m256i a = packed(scaled(from, 8388608.0f),
                           _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 3));
  const __m256i b = packed(scaled(from + 8, 8388608.0f),
                           _mm256_setr_epi32(2, 4, 5, 6, 3, 3, 0, 1));
  const __m256i c = packed(scaled(from + 16, 8388608.0f),
                           _mm256_setr_epi32(5, 6, 3, 3, 0, 1, 2, 4));
  const __m256i d = packed(scaled(from + 24, 8388608.0f),
                           _mm256_setr_epi32(3, 3, 0, 1, 2, 4, 5, 6));
  __m256i* const at = (__m256i*)(void*)to;
  _mm256_storeu_si256(at, _mm256_blend_epi32(a, b, 0xc0));
  _mm256_storeu_si256(at + 1, _mm256_blend_epi32(b, c, 0xf0));
  _mm256_storeu_si256(at + 2, _mm256_blend_epi32(c, d, 0xfc));
}

AVX2 static void
groups_to_s24(void* out, const void* in, uint32_t n)
{
  uint8_t* const to = (uint8_t*)out;
  const float* const from = (const float*)in;
  for (uint32_t i = 0; i < n; i += GROUP) {
    store_s24(to + 3 * (size_t)i, from + i);
  }
}

static void
f32_to_s24(void* out, const void* in, uint32_t n, const struct limits* l)
{
  run_chunks(groups_to_s24, hot_f32_to_s24, (uint8_t*)out, (const float*)in, n,
             3, l);
}

// Four samples at *low* and four at *high*, each in the upper bytes of a word.
AVX2 static inline __m256i
spread(const uint8_t* low, const uint8_t* high, __m128i order)
{
  const __m128i a = _mm_loadu_si128((const __m128i*)(const void*)low);
  const __m128i b = _mm_loadu_si128((const __m128i*)(const void*)high);
  return _mm256_shuffle_epi8(
    _mm256_inserti128_si256(_mm256_castsi128_si256(a), b, 1),
    _mm256_broadcastsi128_si256(order));
}

AVX2 static void
s24_to_f32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  float* const to = (float*)out;
  const uint8_t* const from = (const uint8_t*)in;
  const __m128i first = _mm_setr_epi8(-1, 0, 1, 2, -1, 3, 4, 5,
                                      -1, 6, 7, 8, -1, 9, 10, 11);
  const __m128i last = _mm_setr_epi8(-1, 4, 5, 6, -1, 7, 8, 9,
                                     -1, 10, 11, 12, -1, 13, 14, 15);
  const uint32_t whole = n / GROUP * GROUP;
  for (uint32_t i = 0; i < whole; i += GROUP) {
    const uint8_t* const at = from + 3 * (size_t)i;
    store_halves(to + i, spread(at, at + 12, first));
    store_halves(to + i + 8, spread(at + 24, at + 36, first));
    store_halves(to + i + 16, spread(at + 48, at + 60, first));
    // from four bytes earlier on: nothing behind the samples is read
    store_halves(to + i + 24, spread(at + 68, at + 80, last));
  }
  hot_s24_to_f32(to + whole, from + 3 * (size_t)whole, n - whole, l);
}

// Turning over all bits of INT32_MIN gives INT32_MAX.
AVX2 static void
f32_to_s32(void* out, const void* in, uint32_t n, const struct limits* l)
{
  int32_t* const to = (int32_t*)out;
  const float* const from = (const float*)in;
  const __m256 full = _mm256_set1_ps(2147483648.0f);
  const uint32_t whole = n / 8 * 8;
  for (uint32_t i = 0; i < whole; i += 8) {
    const __m256 x = _mm256_mul_ps(_mm256_loadu_ps(from + i), full);
    const __m256 above = _mm256_cmp_ps(x, full, _CMP_GE_OQ);
    const __m256 number = _mm256_cmp_ps(x, x, _CMP_ORD_Q);
    const __m256 word =
      _mm256_xor_ps(_mm256_castsi256_ps(_mm256_cvtps_epi32(x)), above);
    _mm256_storeu_ps((float*)(void*)(to + i), _mm256_and_ps(word, number));
  }
  hot_f32_to_s32(to + whole, from + whole, n - whole, l);
}

enum { S16 = RILL_ENC_S16, S24 = RILL_ENC_S24, S32 = RILL_ENC_S32,
       F32 = RILL_ENC_F32 };
enum { FULL = SCALE_FULL, LEGACY = SCALE_LEGACY };

static const struct hot wides[] = {
  { { F32, S16, FULL }, HOT_S16_LIMITS, f32_to_s16 },
  { { S16, F32, FULL }, HOT_NO_LIMITS, s16_to_f32 },
  { { S16, F32, LEGACY }, HOT_NO_LIMITS, s16_to_f32 },
  { { F32, S24, FULL }, HOT_S24_LIMITS, f32_to_s24 },
  { { S24, F32, FULL }, HOT_NO_LIMITS, s24_to_f32 },
  { { S24, F32, LEGACY }, HOT_NO_LIMITS, s24_to_f32 },
  { { F32, S32, FULL }, HOT_S32_LIMITS, f32_to_s32 },
};

const struct hot*
wide_find(const struct conversion* c)
{
  for (uint32_t i = 0; i < RILL_COUNT(wides); ++i) {
    if (!memcmp(&wides[i].conversion, c, sizeof *c)) {
      return __builtin_cpu_supports("avx2") ? &wides[i] : NULL;
    }
  }
  return NULL;
}

#else

const struct hot*
wide_find(const struct conversion* c)
{
  (void)c;
  return NULL;
}

#endif
