// SPDX-License-Identifier: ISC
// One pass of a transform over eight lanes, for the radices 3, 4, 5, 7, 8, 9.
// Included by the files that compile the transforms for one REAL each.
//
// Of *count* groups, group p has its r points at (p + k count) span numbers, k
// = 0 .. r - 1; its outputs j go to (r p + j) span, times the factors of p.
#ifndef RESAMPLE_PASSES_H
#define RESAMPLE_PASSES_H

#include "point.h"

#include <rill/util/clones.h>

struct pass {
  const REAL* in_re;
  const REAL* in_im;
  REAL* out_re;
  REAL* out_im;
  const REAL* twiddles;
  size_t span; // a multiple of 8
  size_t count;
};

#define PASS_BEGIN(radix)                                                      \
  const size_t span = pass->span;                                              \
  const size_t step = span * pass->count;                                      \
  for (size_t p = 0; p < pass->count; ++p) {                                   \
    const REAL* const w = pass->twiddles + 2 * ((radix)-1) * p;                \
    for (size_t q = 0; q < span; q += 8) {                                     \
      const REAL* restrict in_re = pass->in_re + span * p + q;                 \
      const REAL* restrict in_im = pass->in_im + span * p + q;                 \
      REAL* restrict out_re = pass->out_re + span * (radix) * p + q;           \
      REAL* restrict out_im = pass->out_im + span * (radix) * p + q;           \
      _Pragma("GCC ivdep") for (size_t v = 0; v < 8; ++v)                      \
      {
#define PASS_END }}}

#define GET(k) ((struct point){ in_re[v + (k)*step], in_im[v + (k)*step] })
#define PUT(j, value)                                                          \
  do {                                                                         \
    struct point put_ = (value);                                               \
    if (turned && (j)) {                                                       \
      put_ = mul(put_, w[2 * (j)-2], w[2 * (j)-1]);                            \
    }                                                                          \
    out_re[v + (j)*span] = put_.re;                                            \
    out_im[v + (j)*span] = put_.im;                                            \
  } while (0)

INLINE void
radix_3(const struct pass* pass, int turned)
{
  PASS_BEGIN(3)
  struct point a = GET(0), b = GET(1), c = GET(2);
  three(&a, &b, &c);
  PUT(0, a);
  PUT(1, b);
  PUT(2, c);
  PASS_END
}

INLINE void
radix_4(const struct pass* pass, int turned)
{
  PASS_BEGIN(4)
  struct point a = GET(0), b = GET(1), c = GET(2), d = GET(3);
  four(&a, &b, &c, &d);
  PUT(0, a);
  PUT(1, b);
  PUT(2, c);
  PUT(3, d);
  PASS_END
}

INLINE void
radix_5(const struct pass* pass, int turned)
{
  const REAL c1 = (REAL)0.30901699437494742410;
  const REAL c2 = (REAL)-0.80901699437494742410;
  const REAL s1 = (REAL)0.95105651629515357212;
  const REAL s2 = (REAL)0.58778525229247312917;
  PASS_BEGIN(5)
  const struct point a = GET(0), b = GET(1), c = GET(2), d = GET(3), e = GET(4);
  const struct point t1 = add(b, e), t2 = add(c, d);
  const struct point u1 = sub(b, e), u2 = sub(c, d);
  const struct point m1 = add(a, add(scale(t1, c1), scale(t2, c2)));
  const struct point m2 = add(a, add(scale(t1, c2), scale(t2, c1)));
  const struct point n1 = turn(add(scale(u1, s1), scale(u2, s2)));
  const struct point n2 = turn(sub(scale(u1, s2), scale(u2, s1)));
  PUT(0, add(a, add(t1, t2)));
  PUT(1, add(m1, n1));
  PUT(2, add(m2, n2));
  PUT(3, sub(m2, n2));
  PUT(4, sub(m1, n1));
  PASS_END
}

// Sum of three, weighted.
INLINE struct point
blend(struct point a, REAL x, struct point b, REAL y, struct point c, REAL z)
{
  return add(add(scale(a, x), scale(b, y)), scale(c, z));
}

INLINE void
radix_7(const struct pass* pass, int turned)
{
  const REAL c1 = (REAL)0.62348980185873353053;
  const REAL c2 = (REAL)-0.22252093395631440429;
  const REAL c3 = (REAL)-0.90096886790241912624;
  const REAL s1 = (REAL)0.78183148246802980871;
  const REAL s2 = (REAL)0.97492791218182360702;
  const REAL s3 = (REAL)0.43388373911755812048;
  PASS_BEGIN(7)
  const struct point a = GET(0);
  const struct point t1 = add(GET(1), GET(6)), u1 = sub(GET(1), GET(6));
  const struct point t2 = add(GET(2), GET(5)), u2 = sub(GET(2), GET(5));
  const struct point t3 = add(GET(3), GET(4)), u3 = sub(GET(3), GET(4));
  const struct point m1 = add(a, blend(t1, c1, t2, c2, t3, c3));
  const struct point m2 = add(a, blend(t1, c2, t2, c3, t3, c1));
  const struct point m3 = add(a, blend(t1, c3, t2, c1, t3, c2));
  const struct point n1 = turn(blend(u1, s1, u2, s2, u3, s3));
  const struct point n2 = turn(blend(u1, s2, u2, -s3, u3, -s1));
  const struct point n3 = turn(blend(u1, s3, u2, -s1, u3, s2));
  PUT(0, add(add(a, t1), add(t2, t3)));
  PUT(1, add(m1, n1));
  PUT(2, add(m2, n2));
  PUT(3, add(m3, n3));
  PUT(4, sub(m3, n3));
  PUT(5, sub(m2, n2));
  PUT(6, sub(m1, n1));
  PASS_END
}

INLINE void
radix_8(const struct pass* pass, int turned)
{
  PASS_BEGIN(8)
  struct point e0 = GET(0), e1 = GET(2), e2 = GET(4), e3 = GET(6);
  struct point o0 = GET(1), o1 = GET(3), o2 = GET(5), o3 = GET(7);
  eight(&e0, &e1, &e2, &e3, &o0, &o1, &o2, &o3);
  PUT(0, add(e0, o0));
  PUT(1, add(e1, o1));
  PUT(2, add(e2, o2));
  PUT(3, add(e3, o3));
  PUT(4, sub(e0, o0));
  PUT(5, sub(e1, o1));
  PUT(6, sub(e2, o2));
  PUT(7, sub(e3, o3));
  PASS_END
}

// Three by three.
INLINE void
radix_9(const struct pass* pass, int turned)
{
  PASS_BEGIN(9)
  struct point a0 = GET(0), a1 = GET(3), a2 = GET(6);
  struct point b0 = GET(1), b1 = GET(4), b2 = GET(7);
  struct point c0 = GET(2), c1 = GET(5), c2 = GET(8);
  three(&a0, &a1, &a2);
  three(&b0, &b1, &b2);
  three(&c0, &c1, &c2);
  b1 = mul(b1, (REAL)0.76604444311897803520, (REAL)-0.64278760968653932632);
  b2 = mul(b2, (REAL)0.17364817766693034885, (REAL)-0.98480775301220805937);
  c1 = mul(c1, (REAL)0.17364817766693034885, (REAL)-0.98480775301220805937);
  c2 = mul(c2, (REAL)-0.93969262078590838405, (REAL)-0.34202014332566873304);
  three(&a0, &b0, &c0);
  three(&a1, &b1, &c1);
  three(&a2, &b2, &c2);
  PUT(0, a0);
  PUT(1, a1);
  PUT(2, a2);
  PUT(3, b0);
  PUT(4, b1);
  PUT(5, b2);
  PUT(6, c0);
  PUT(7, c1);
  PUT(8, c2);
  PASS_END
}

#undef GET
#undef PUT

// The last of the passes has one group, and no factors.
#define PASS_FUNCTIONS(r)                                                      \
  RILL_CLONES static void pass_##r(const struct pass* pass)                \
  {                                                                            \
    radix_##r(pass, 1);                                                        \
  }                                                                            \
  RILL_CLONES static void last_##r(const struct pass* pass)                \
  {                                                                            \
    radix_##r(pass, 0);                                                        \
  }
PASS_FUNCTIONS(3)
PASS_FUNCTIONS(4)
PASS_FUNCTIONS(5)
PASS_FUNCTIONS(7)
PASS_FUNCTIONS(8)
PASS_FUNCTIONS(9)

INLINE void
pass_run(uint32_t radix, const struct pass* pass)
{
  static void (*const functions[2][10])(const struct pass*) = {
    { [3] = pass_3, [4] = pass_4, [5] = pass_5, [7] = pass_7, [8] = pass_8,
      [9] = pass_9 },
    { [3] = last_3, [4] = last_4, [5] = last_5, [7] = last_7, [8] = last_8,
      [9] = last_9 },
  };
  functions[pass->count == 1][radix](pass);
}

#endif
