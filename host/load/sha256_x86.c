// SPDX-License-Identifier: ISC
#include "load/sha256_block.h"

#if defined(__x86_64__)

#include <immintrin.h>

// The loader has asked the processor already. Asking it again takes 6 us each
// time where a hypervisor answers, which is as long as hashing 8 kB.
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#ifdef CPU_FEATURE_ACTIVE
static int
has_instructions(void)
{
  return CPU_FEATURE_ACTIVE(SHA) && CPU_FEATURE_ACTIVE(SSE4_1) &&
         CPU_FEATURE_ACTIVE(SSSE3);
}
#else
#include <cpuid.h>
static int
has_instructions(void)
{
  unsigned a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) && c & bit_SSE4_1 && c & bit_SSSE3 &&
         __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_SHA;
}
#endif

// The instructions keep the state as two vectors, from the high lane down
// a b e f and c d g h, and do two rounds at a time on the low half of *wk*.

#define TARGET __attribute__((target("sha,sse4.1,ssse3")))

TARGET static void
four_rounds(__m128i* abef, __m128i* cdgh, __m128i w, int i)
{
  const __m128i k = _mm_loadu_si128((const __m128i*)(sha256_k + i));
  const __m128i wk = _mm_add_epi32(w, k);
  *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, wk);
  *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(wk, 0x0e));
}

// The next four words of the schedule from the last sixteen, oldest first.
TARGET static __m128i
next_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
  const __m128i w_7 = _mm_alignr_epi8(w3, w2, 4);
  const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), w_7);
  return _mm_sha256msg2_epu32(sum, w3);
}

TARGET static void
one_block(__m128i* abef, __m128i* cdgh, const uint8_t* data)
{
  const __m128i swap =
    _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i abef_before = *abef;
  const __m128i cdgh_before = *cdgh;
  __m128i w[4];
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) {
    const __m128i raw = _mm_loadu_si128((const __m128i*)(data + 16 * i));
    w[i] = _mm_shuffle_epi8(raw, swap);
    four_rounds(abef, cdgh, w[i], 4 * i);
  }
#pragma GCC unroll 12
  for (int i = 4; i < 16; ++i) {
    const __m128i next =
      next_words(w[i & 3], w[(i + 1) & 3], w[(i + 2) & 3], w[(i + 3) & 3]);
    w[i & 3] = next;
    four_rounds(abef, cdgh, next, 4 * i);
  }
  *abef = _mm_add_epi32(*abef, abef_before);
  *cdgh = _mm_add_epi32(*cdgh, cdgh_before);
}

TARGET static void
blocks_x86(uint32_t state[8], const uint8_t* data, size_t n_blocks)
{
  const uint32_t* const s = state;
  __m128i abef =
    _mm_set_epi32((int)s[0], (int)s[1], (int)s[4], (int)s[5]);
  __m128i cdgh =
    _mm_set_epi32((int)s[2], (int)s[3], (int)s[6], (int)s[7]);
  for (; n_blocks; --n_blocks, data += SHA256_BLOCK) {
    one_block(&abef, &cdgh, data);
  }
  uint32_t fe_ba[4];
  uint32_t hg_dc[4];
  _mm_storeu_si128((__m128i*)fe_ba, abef);
  _mm_storeu_si128((__m128i*)hg_dc, cdgh);
  for (int i = 0; i < 2; ++i) {
    state[i] = fe_ba[3 - i];
    state[4 + i] = fe_ba[1 - i];
    state[2 + i] = hg_dc[3 - i];
    state[6 + i] = hg_dc[1 - i];
  }
}

sha256_blocks_fn*
sha256_blocks_fast(void)
{
  return has_instructions() ? blocks_x86 : NULL;
}

#else

sha256_blocks_fn*
sha256_blocks_fast(void)
{
  return NULL;
}

#endif
