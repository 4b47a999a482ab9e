// SPDX-License-Identifier: ISC
// The last pass: joins the transforms of the eight lanes.
// Included by the files that compile the transforms for one REAL each.
#ifndef RESAMPLE_LANES_H
#define RESAMPLE_LANES_H

#include "fft.h"
#include "point.h"

#include <rill/util/clones.h>

struct join {
  const REAL* in_re; // point k of lane c at 8 k + c
  const REAL* in_im;
  REAL* out_re;
  REAL* out_im;
  const REAL* twiddles;
  size_t pitch;
};

// A tile with lanes as columns becomes one with lanes as rows. Vectors of 16
// bytes are there on every x86-64, so this is the same in all clones.
typedef REAL quad __attribute__((vector_size(16), aligned(sizeof(REAL))));
enum { QUAD = 16 / sizeof(REAL) };

INLINE void
turn_quads(const REAL* in, REAL* out)
{
  quad r[4];
  for (size_t i = 0; i < QUAD; ++i) {
    r[i] = *(const quad*)(in + i * FFT_LANES);
  }
#if REAL_BYTES == 4
  const quad a = __builtin_shufflevector(r[0], r[2], 0, 4, 1, 5);
  const quad b = __builtin_shufflevector(r[1], r[3], 0, 4, 1, 5);
  const quad c = __builtin_shufflevector(r[0], r[2], 2, 6, 3, 7);
  const quad d = __builtin_shufflevector(r[1], r[3], 2, 6, 3, 7);
  *(quad*)(out) = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  *(quad*)(out + FFT_TILE) = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  *(quad*)(out + 2 * FFT_TILE) = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  *(quad*)(out + 3 * FFT_TILE) = __builtin_shufflevector(c, d, 2, 6, 3, 7);
#else
  *(quad*)(out) = __builtin_shufflevector(r[0], r[1], 0, 2);
  *(quad*)(out + FFT_TILE) = __builtin_shufflevector(r[0], r[1], 1, 3);
#endif
}

INLINE void
turn_tile(const REAL* in, REAL out[FFT_LANES][FFT_TILE])
{
  for (size_t i = 0; i < FFT_TILE; i += QUAD) {
    for (size_t c = 0; c < FFT_LANES; c += QUAD) {
      turn_quads(in + FFT_LANES * i + c, &out[c][i]);
    }
  }
}

#define LANE(c)                                                                \
  mul((struct point){ re[c][v], im[c][v] }, w[v + (2 * (c)-2) * pitch],        \
      w[v + (2 * (c)-1) * pitch])
#define ROWS(k, e, o)                                                          \
  do {                                                                         \
    const struct point low_ = add(e, o), high_ = sub(e, o);                    \
    if (all || (k) < 2) {                                                    \
      out_re[v + (k)*pitch] = low_.re;                                         \
      out_im[v + (k)*pitch] = low_.im;                                         \
    }                                                                          \
    if (all || (k) > 1) {                                                    \
      out_re[v + ((k) + 4) * pitch] = high_.re;                                \
      out_im[v + ((k) + 4) * pitch] = high_.im;                                \
    }                                                                          \
  } while (0)

// *all*: all rows, else the first two and the last two.
INLINE void
join_tile(const struct join* join, size_t at, int all)
{
  const size_t pitch = join->pitch;
  REAL re[FFT_LANES][FFT_TILE];
  REAL im[FFT_LANES][FFT_TILE];
  const REAL* restrict w = join->twiddles + at;
  REAL* restrict out_re = join->out_re + at;
  REAL* restrict out_im = join->out_im + at;

  turn_tile(join->in_re + FFT_LANES * at, re);
  turn_tile(join->in_im + FFT_LANES * at, im);
  _Pragma("GCC ivdep") for (size_t v = 0; v < FFT_TILE; ++v)
  {
    struct point e0 = { re[0][v], im[0][v] }, e1 = LANE(2), e2 = LANE(4);
    struct point e3 = LANE(6), o0 = LANE(1), o1 = LANE(3), o2 = LANE(5);
    struct point o3 = LANE(7);
    eight(&e0, &e1, &e2, &e3, &o0, &o1, &o2, &o3);
    ROWS(0, e0, o0);
    ROWS(1, e1, o1);
    ROWS(2, e2, o2);
    ROWS(3, e3, o3);
  }
}

#undef LANE
#undef ROWS

RILL_CLONES static void
join_all(const struct join* join)
{
  for (size_t at = 0; at < join->pitch; at += FFT_TILE) {
    join_tile(join, at, 1);
  }
}

RILL_CLONES static void
join_outer(const struct join* join)
{
  for (size_t at = 0; at < join->pitch; at += FFT_TILE) {
    join_tile(join, at, 0);
  }
}

#endif
