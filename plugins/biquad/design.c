// SPDX-License-Identifier: ISC
// After Robert Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
// coefficients" (W3C note "Audio EQ Cookbook"). Names are those of the text.
#include "design.h"

#include <math.h>

#define TWO_PI 6.283185307179586

// Coefficients before they are divided by a0.
struct raw {
  double b0;
  double b1;
  double b2;
  double a0;
  double a1;
  double a2;
};

int
design_is_sound(const struct design* design, uint32_t rate)
{
  return design->type < DESIGN_TYPES && isfinite(design->db) &&
         isfinite(design->q) && design->q > 0.0 && design->hz > 0.0 &&
         design->hz * 2.0 < rate;
}

static struct raw
shelf(double A, double cos_w0, double alpha)
{
  const double root = 2.0 * sqrt(A) * alpha;
  const double up = A + 1.0;
  const double down = A - 1.0;
  return (struct raw){
    .b0 = A * (up - down * cos_w0 + root),
    .b1 = 2.0 * A * (down - up * cos_w0),
    .b2 = A * (up - down * cos_w0 - root),
    .a0 = up + down * cos_w0 + root,
    .a1 = -2.0 * (down + up * cos_w0),
    .a2 = up + down * cos_w0 - root,
  };
}

// A low shelf with the axis of frequency turned round.
static struct raw
high_shelf(double A, double cos_w0, double alpha)
{
  struct raw r = shelf(A, -cos_w0, alpha);
  r.b1 = -r.b1;
  r.a1 = -r.a1;
  return r;
}

static struct raw
solve(uint32_t type, double A, double c, double alpha)
{
  const double less = 1.0 - alpha;
  const double more = 1.0 + alpha;
  const double low = (1.0 - c) / 2.0;
  const double high = (1.0 + c) / 2.0;

  switch (type) {
    case DESIGN_LOWPASS:
      return (struct raw){ low, 2.0 * low, low, more, -2.0 * c, less };
    case DESIGN_HIGHPASS:
      return (struct raw){ high, -2.0 * high, high, more, -2.0 * c, less };
    case DESIGN_BANDPASS:
      return (struct raw){ alpha, 0.0, -alpha, more, -2.0 * c, less };
    case DESIGN_NOTCH:
      return (struct raw){ 1.0, -2.0 * c, 1.0, more, -2.0 * c, less };
    case DESIGN_ALLPASS:
      return (struct raw){ less, -2.0 * c, more, more, -2.0 * c, less };
    case DESIGN_PEAKING:
      return (struct raw){ 1.0 + alpha * A, -2.0 * c, 1.0 - alpha * A,
                           1.0 + alpha / A, -2.0 * c, 1.0 - alpha / A };
    case DESIGN_LOWSHELF: return shelf(A, c, alpha);
    default: return high_shelf(A, c, alpha);
  }
}

struct coefficients
design_solve(const struct design* design, uint32_t rate)
{
  const double w0 = TWO_PI * design->hz / rate;
  const double alpha = sin(w0) / (2.0 * design->q);
  const double A = pow(10.0, design->db / 40.0);
  const struct raw r = solve(design->type, A, cos(w0), alpha);
  return (struct coefficients){ r.b0 / r.a0, r.b1 / r.a0, r.b2 / r.a0,
                                r.a1 / r.a0, r.a2 / r.a0 };
}
