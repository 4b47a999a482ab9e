// SPDX-License-Identifier: ISC
#include "ticks.h"

#include <math.h>
#include <stdio.h>

double
ticks_above(double value)
{
  const double power = pow(10.0, floor(log10(value)));
  const double digits = value / power;
  const double slack = 1.0 + 1e-9; // 0.1 + 0.2 is 0.3 here
  return power * (digits <= 1.0 * slack   ? 1.0
                  : digits <= 2.0 * slack ? 2.0
                  : digits <= 5.0 * slack ? 5.0
                                          : 10.0);
}

double
ticks_step(double span, int most)
{
  return ticks_above(span / most);
}

double
ticks_time_step(double span, int most)
{
  static const double steps[] = { 10,  15,   20,   30,   60,    120,   300,  600,
                                  900, 1800, 3600, 7200, 10800, 21600, 43200 };
  const double least = span / most;
  if (least <= 5.0) {
    return ticks_above(least);
  }
  for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; ++i) {
    if (steps[i] >= least) {
      return steps[i];
    }
  }
  return 86400.0 * ticks_above(least / 86400.0);
}

static int
places_of(double step)
{
  int n = 0;
  while (n < 9 && step < 0.999) {
    step *= 10.0;
    ++n;
  }
  return n;
}

// Whole numbers only are printed: a locale has no say in them.
static int
put_decimal(char* out, size_t n_bytes, double value, int places, int width)
{
  long long scale = 1;
  for (int i = 0; i < places; ++i) {
    scale *= 10;
  }
  const long long n = llround(fabs(value) * (double)scale);
  const char* const sign = value < 0.0 && n ? "-" : "";
  return places ? snprintf(out, n_bytes, "%s%0*lld.%0*lld", sign, width,
                           n / scale, places, n % scale)
                : snprintf(out, n_bytes, "%s%0*lld", sign, width, n);
}

void
ticks_number(char out[TICK_BYTES], double value, double step)
{
  put_decimal(out, TICK_BYTES, value, places_of(step), 1);
}

static void
put_clock(char* out, double seconds, int places, int has_hours)
{
  // Rounded first: 59.96 with one place is the next minute.
  const double scale = pow(10.0, places);
  const double whole = floor(fabs(seconds) * scale + 0.5) / scale;
  const long long minutes = (long long)(whole / 60.0);
  const char* const sign = seconds < 0.0 && whole > 0.0 ? "-" : "";
  int n = has_hours ? snprintf(out, TICK_BYTES, "%s%lld:%02lld:", sign,
                               minutes / 60, minutes % 60)
                    : snprintf(out, TICK_BYTES, "%s%lld:", sign, minutes);
  if (n < TICK_BYTES) {
    put_decimal(out + n, (size_t)(TICK_BYTES - n),
                whole - (double)minutes * 60.0, places, 2);
  }
}

void
ticks_time(char out[TICK_BYTES], double seconds, double step, double end)
{
  const int is_ms = end < 1.0;
  if (end >= 120.0) {
    put_clock(out, seconds, places_of(step), end >= 3600.0);
    return;
  }
  const double factor = is_ms ? 1000.0 : 1.0;
  const int n = put_decimal(out, TICK_BYTES - 4, seconds * factor,
                            places_of(step * factor), 1);
  snprintf(out + n, (size_t)(TICK_BYTES - n), is_ms ? " ms" : " s");
}
