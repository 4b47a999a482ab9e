// SPDX-License-Identifier: ISC
// gcc does not keep sums apart that it has not been told to, so here the
// vectors are written out; the compiler cuts them into those that are there.
#include "dot.h"

typedef float eight __attribute__((vector_size(32), aligned(4)));

#define DOT_FUNCTION                                                           \
  {                                                                            \
    eight s0 = { 0 }, s1 = { 0 }, s2 = { 0 }, s3 = { 0 };                      \
    size_t i = 0;                                                              \
    for (; i + 32 <= n; i += 32) {                                             \
      s0 += *(const eight*)(a + i) * *(const eight*)(b + i);                   \
      s1 += *(const eight*)(a + i + 8) * *(const eight*)(b + i + 8);           \
      s2 += *(const eight*)(a + i + 16) * *(const eight*)(b + i + 16);         \
      s3 += *(const eight*)(a + i + 24) * *(const eight*)(b + i + 24);         \
    }                                                                          \
    for (; i < n; i += 8) {                                                    \
      s0 += *(const eight*)(a + i) * *(const eight*)(b + i);                   \
    }                                                                          \
    s0 = (s0 + s1) + (s2 + s3);                                                \
    return ((s0[0] + s0[4]) + (s0[1] + s0[5])) +                               \
           ((s0[2] + s0[6]) + (s0[3] + s0[7]));                                \
  }

static float
dot_plain(const float* a, const float* b, size_t n)
DOT_FUNCTION

#if defined(__x86_64__) && !defined(RESAMPLE_PLAIN)

__attribute__((target("avx2"))) static float
dot_avx2(const float* a, const float* b, size_t n)
DOT_FUNCTION

dot_function*
dot_pick(void)
{
  return __builtin_cpu_supports("avx2") ? dot_avx2 : dot_plain;
}

#else

dot_function*
dot_pick(void)
{
  return dot_plain;
}

#endif
