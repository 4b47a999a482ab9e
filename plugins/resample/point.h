// SPDX-License-Identifier: ISC
// Complex numbers of the type REAL, and the butterfly of eight of them.
// Included by the files that compile the transforms for one REAL each.
#ifndef RESAMPLE_POINT_H
#define RESAMPLE_POINT_H

#include <stddef.h>
#include <stdint.h>

#define INLINE static inline __attribute__((always_inline))

struct point {
  REAL re;
  REAL im;
};

INLINE struct point
add(struct point a, struct point b)
{
  return (struct point){ a.re + b.re, a.im + b.im };
}

INLINE struct point
sub(struct point a, struct point b)
{
  return (struct point){ a.re - b.re, a.im - b.im };
}

INLINE struct point
scale(struct point a, REAL k)
{
  return (struct point){ a.re * k, a.im * k };
}

INLINE struct point
mul(struct point a, REAL re, REAL im)
{
  return (struct point){ a.re * re - a.im * im, a.re * im + a.im * re };
}

// Times -i.
INLINE struct point
turn(struct point a)
{
  return (struct point){ a.im, -a.re };
}

// The transform of three points, in place.
INLINE void
three(struct point* a, struct point* b, struct point* c)
{
  const struct point sum = add(*b, *c);
  const struct point rest =
    turn(scale(sub(*b, *c), (REAL)0.86602540378443864676));
  const struct point mean = sub(*a, scale(sum, (REAL)0.5));
  *a = add(*a, sum);
  *b = add(mean, rest);
  *c = sub(mean, rest);
}

// The transform of four points, in place.
INLINE void
four(struct point* a, struct point* b, struct point* c, struct point* d)
{
  const struct point even = add(*a, *c);
  const struct point even_rest = sub(*a, *c);
  const struct point odd = add(*b, *d);
  const struct point odd_rest = turn(sub(*b, *d));
  *a = add(even, odd);
  *b = add(even_rest, odd_rest);
  *c = sub(even, odd);
  *d = sub(even_rest, odd_rest);
}

// Of eight: those with even places are e, the others o. Leaves e0..e3 and
// o0..o3 such that outputs k and k + 4 are the sum and the difference of the
// k-th.
INLINE void
eight(struct point* e0, struct point* e1, struct point* e2, struct point* e3,
      struct point* o0, struct point* o1, struct point* o2, struct point* o3)
{
  const REAL h = (REAL)0.70710678118654752440;
  four(e0, e1, e2, e3);
  four(o0, o1, o2, o3);
  *o1 = (struct point){ (o1->re + o1->im) * h, (o1->im - o1->re) * h };
  *o2 = turn(*o2);
  *o3 = (struct point){ (o3->im - o3->re) * h, -(o3->im + o3->re) * h };
}

#endif
