// SPDX-License-Identifier: ISC
#include "report/figures.h"

#include <math.h>
#include <stdio.h>

// Three digits that count, but all of those before the point.
static struct figure
three_digits(double value, const char* unit)
{
  struct figure f;
  const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  snprintf(f.text, sizeof f.text, "%.*f %s", decimals, value, unit);
  return f;
}

static struct figure
unknown(void)
{
  return (struct figure){ "-" };
}

struct figure
figure_time(int64_t ns)
{
  struct figure f;
  const double t = (double)ns;
  if (ns < 1000) {
    snprintf(f.text, sizeof f.text, "%d ns", (int)ns);
    return f;
  }
  return t < 999.5e3   ? three_digits(t / 1e3, "us")
         : t < 999.5e6 ? three_digits(t / 1e6, "ms")
                       : three_digits(t / 1e9, "s");
}

struct figure
figure_media(double seconds)
{
  struct figure f;
  if (!(seconds >= 0)) {
    return unknown();
  }
  snprintf(f.text, sizeof f.text, "%.2f s", seconds);
  return f;
}

struct figure
figure_bytes(uint64_t bytes)
{
  static const char* const units[] = { "KiB", "MiB", "GiB", "TiB" };
  struct figure f;
  double value = (double)bytes / 1024;
  int i = 0;
  if (bytes < 1024) {
    snprintf(f.text, sizeof f.text, "%d B", (int)bytes);
    return f;
  }
  for (; value >= 1023.5 && i < 3; ++i) {
    value /= 1024;
  }
  return three_digits(value, units[i]);
}

struct figure
figure_clock(double seconds)
{
  struct figure f;
  if (!(seconds >= 0) || seconds > 1e9) {
    return unknown();
  }
  const unsigned s = (unsigned)ceil(seconds);
  if (s < 3600) {
    snprintf(f.text, sizeof f.text, "%u:%02u", s / 60, s % 60);
  } else {
    snprintf(f.text, sizeof f.text, "%u:%02u:%02u", s / 3600, s / 60 % 60,
             s % 60);
  }
  return f;
}

struct figure
figure_speed(double times)
{
  return times > 0 && isfinite(times) ? three_digits(times, "x") : unknown();
}

struct figure
figure_percent(double share)
{
  struct figure f;
  const double percent = share * 100;
  if (!isfinite(share)) {
    return unknown();
  }
  snprintf(f.text, sizeof f.text, percent < 9.95 ? "%.1f %%" : "%.0f %%",
           percent);
  return f;
}
