// SPDX-License-Identifier: ISC
#include "turns.h"

#include <stdint.h>

#define TWO_PI 6.283185307179586476925

// Taylor, for angles up to pi / 4: the first term left out is below 1e-17.
static double
small_sin(double a)
{
  const double y = a * a;
  double sum = -1.0 / 1307674368000.0;
  sum = sum * y + 1.0 / 6227020800.0;
  sum = sum * y - 1.0 / 39916800.0;
  sum = sum * y + 1.0 / 362880.0;
  sum = sum * y - 1.0 / 5040.0;
  sum = sum * y + 1.0 / 120.0;
  sum = sum * y - 1.0 / 6.0;
  return a + a * (sum * y);
}

static double
small_cos(double a)
{
  const double y = a * a;
  double sum = 1.0 / 20922789888000.0;
  sum = sum * y - 1.0 / 87178291200.0;
  sum = sum * y + 1.0 / 479001600.0;
  sum = sum * y - 1.0 / 3628800.0;
  sum = sum * y + 1.0 / 40320.0;
  sum = sum * y - 1.0 / 720.0;
  sum = sum * y + 1.0 / 24.0;
  sum = sum * y - 0.5;
  return 1.0 + sum * y;
}

// Quarter turns are taken off exactly.
static double
cos_from_quarter(double x, uint64_t first)
{
  const uint64_t quarters = (uint64_t)(x * 4.0 + 0.5);
  const double angle = (x - (double)quarters * 0.25) * TWO_PI;
  switch ((quarters + first) % 4) {
    case 0: return small_cos(angle);
    case 1: return -small_sin(angle);
    case 2: return -small_cos(angle);
    default: return small_sin(angle);
  }
}

double
turns_cos(double x)
{
  return cos_from_quarter(x, 0);
}

double
turns_sin(double x)
{
  return cos_from_quarter(x, 3);
}
