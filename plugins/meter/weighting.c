// SPDX-License-Identifier: ISC
// BS.1770 gives coefficients for 48 kHz alone. These are the analogue
// parameters behind them, for the bilinear transform at any rate, as found by
// Mansbridge, Finn and Reiss, "Implementation and evaluation of autonomous
// multi-track fader control" (AES 132, 2012).
#include "weighting.h"

#include <rill/util/clones.h>

#include <math.h>
#include <string.h>

typedef double four __attribute__((vector_size(32)));

static const double shelf_hz = 1681.974450955533;
static const double shelf_db = 3.999843853973347;
static const double shelf_q = 0.7071752369554196;
static const double highpass_hz = 38.13547087602444;
static const double highpass_q = 0.5003270373238773;

static struct section
shelf_of(double rate)
{
  const double k = tan(acos(-1.0) * shelf_hz / rate);
  const double high = pow(10.0, shelf_db / 20.0);
  const double band = pow(high, 0.4996667741545416);
  const double a0 = 1.0 + k / shelf_q + k * k;
  return (struct section){
    .b0 = (high + band * k / shelf_q + k * k) / a0,
    .b1 = 2.0 * (k * k - high) / a0,
    .b2 = (high - band * k / shelf_q + k * k) / a0,
    .a1 = 2.0 * (k * k - 1.0) / a0,
    .a2 = (1.0 - k / shelf_q + k * k) / a0,
  };
}

static struct section
highpass_of(double rate)
{
  const double k = tan(acos(-1.0) * highpass_hz / rate);
  const double a0 = 1.0 + k / highpass_q + k * k;
  return (struct section){
    .b0 = 1.0,
    .b1 = -2.0,
    .b2 = 1.0,
    .a1 = 2.0 * (k * k - 1.0) / a0,
    .a2 = (1.0 - k / highpass_q + k * k) / a0,
  };
}

void
weighting_init(struct weighting* w, double rate)
{
  w->shelf = shelf_of(rate);
  w->highpass = highpass_of(rate);
}

static inline __attribute__((always_inline)) void
load(four* to, const double* from)
{
  memcpy(to, from, sizeof *to);
}

static inline __attribute__((always_inline)) void
store(double* to, const four* from)
{
  memcpy(to, from, sizeof *from);
}

// The last output is multiplied and taken away last: nothing else is on the way
// from one sample to the next.
#define SECTION(s, x, x1, x2, y1, y2)                                          \
  (((s).b0 * (x) + (s).b1 * (x1) + (s).b2 * (x2)) - (s).a2 * (y2)) -           \
    (s).a1 * (y1)

RILL_CLONES void
weighting_run(const struct weighting* w,
              struct lanes* lanes,
              const float* const in[WEIGHTING_LANES],
              uint32_t n)
{
  const struct weighting k = *w;
  const float* const a = in[0];
  const float* const b = in[1];
  const float* const c = in[2];
  const float* const d = in[3];
  four x1, x2, y1, y2, z1, z2, square, weighted;
  load(&x1, lanes->x[0]);
  load(&x2, lanes->x[1]);
  load(&y1, lanes->shelf[0]);
  load(&y2, lanes->shelf[1]);
  load(&z1, lanes->high[0]);
  load(&z2, lanes->high[1]);
  load(&square, lanes->square);
  load(&weighted, lanes->weighted);
  for (size_t i = 0; i < n; ++i) {
    const four x = { (double)a[i], (double)b[i], (double)c[i], (double)d[i] };
    const four y = SECTION(k.shelf, x, x1, x2, y1, y2);
    const four z = SECTION(k.highpass, y, y1, y2, z1, z2);
    square += x * x;
    weighted += z * z;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    z2 = z1;
    z1 = z;
  }
  store(lanes->x[0], &x1);
  store(lanes->x[1], &x2);
  store(lanes->shelf[0], &y1);
  store(lanes->shelf[1], &y2);
  store(lanes->high[0], &z1);
  store(lanes->high[1], &z2);
  store(lanes->square, &square);
  store(lanes->weighted, &weighted);
}

static void
rest(double* x)
{
  for (uint32_t i = 0; i < 2 * WEIGHTING_LANES; ++i) {
    x[i] = fabs(x[i]) < 1e-30 ? 0.0 : x[i];
  }
}

void
weighting_rest(struct lanes* lanes)
{
  rest(lanes->shelf[0]);
  rest(lanes->high[0]);
}
