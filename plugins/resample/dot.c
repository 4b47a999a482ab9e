// SPDX-License-Identifier: ISC
// gcc does not keep sums apart that it has not been told to, so here the
// vectors are written out; the compiler cuts them into those that are there.
#include "dot.h"

typedef float eight __attribute__((vector_size(32), aligned(4)));
typedef double wide_eight __attribute__((vector_size(64), aligned(8)));

#define AT(sums, p) __builtin_convertvector(*(const eight*)(p), sums)
#define SUM(s)                                                                 \
  ((((s)[0] + (s)[4]) + ((s)[1] + (s)[5])) +                                   \
   (((s)[2] + (s)[6]) + ((s)[3] + (s)[7])))

#define ONE(sums)                                                              \
  {                                                                            \
    sums s0 = { 0 }, s1 = { 0 }, s2 = { 0 }, s3 = { 0 };                       \
    size_t i = 0;                                                              \
    for (; i + 32 <= n; i += 32) {                                             \
      s0 += AT(sums, in + i) * AT(sums, row + i);                              \
      s1 += AT(sums, in + i + 8) * AT(sums, row + i + 8);                      \
      s2 += AT(sums, in + i + 16) * AT(sums, row + i + 16);                    \
      s3 += AT(sums, in + i + 24) * AT(sums, row + i + 24);                    \
    }                                                                          \
    for (; i < n; i += 8) {                                                    \
      s0 += AT(sums, in + i) * AT(sums, row + i);                              \
    }                                                                          \
    s0 = (s0 + s1) + (s2 + s3);                                                \
    return (float)SUM(s0);                                                     \
  }

#define FOUR(sums)                                                             \
  {                                                                            \
    sums s0 = { 0 }, s1 = { 0 }, s2 = { 0 }, s3 = { 0 };                       \
    for (size_t i = 0; i < n; i += 8) {                                        \
      const sums x = AT(sums, in + i);                                         \
      s0 += x * AT(sums, rows + i);                                            \
      s1 += x * AT(sums, rows + n + i);                                        \
      s2 += x * AT(sums, rows + 2 * n + i);                                    \
      s3 += x * AT(sums, rows + 3 * n + i);                                    \
    }                                                                          \
    return (float)((by[0] * (double)SUM(s0) + by[3] * (double)SUM(s3)) +       \
                   (by[1] * (double)SUM(s1) + by[2] * (double)SUM(s2)));       \
  }

// The functions of one kind of machine, and their table.
#define DOT_OPS(name, target)                                                  \
  target static float name##_one(const float* in, const float* row, size_t n)  \
    ONE(eight)                                                                 \
  target static float name##_one_wide(const float* in, const float* row,       \
                                      size_t n) ONE(wide_eight)                \
  target static float name##_four(const float* in, const float* rows,          \
                                  size_t n, const double* by) FOUR(eight)      \
  target static float name##_four_wide(const float* in, const float* rows,     \
                                       size_t n, const double* by)             \
    FOUR(wide_eight)                                                           \
  static const struct dot_ops name[2] = {                                      \
    { name##_one, name##_four },                                               \
    { name##_one_wide, name##_four_wide },                                     \
  };

DOT_OPS(plain, )

#if defined(__x86_64__) && !defined(RESAMPLE_PLAIN)
DOT_OPS(avx2, __attribute__((target("avx2"))))
#endif

const struct dot_ops*
dot_pick(uint32_t wide)
{
#if defined(__x86_64__) && !defined(RESAMPLE_PLAIN)
  if (__builtin_cpu_supports("avx2")) {
    return &avx2[wide != 0];
  }
#endif
  return &plain[wide != 0];
}
