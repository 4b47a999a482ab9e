// SPDX-License-Identifier: ISC
// Whole numbers are all that is printed, so the locale has no say.
#include "report.h"

#include <math.h>
#include <stdio.h>

// JSON knows no infinity: no signal has no level.
static int
print_hundredths(char* to, const char* key, double value)
{
  if (!isfinite(value)) {
    return sprintf(to, ",\"%s\":null", key);
  }
  const long long n = llround(fmin(fmax(value, -9999.0), 9999.0) * 100.0);
  const long long size = n < 0 ? -n : n;
  return sprintf(to, ",\"%s\":%s%lld.%02lld", key, n < 0 ? "-" : "",
                 size / 100, size % 100);
}

static int
print_time(char* to, uint64_t us)
{
  int n = sprintf(to, "%llu.%06llu", (unsigned long long)(us / 1000000),
                  (unsigned long long)(us % 1000000));
  while (to[n - 1] == '0' && to[n - 2] != '.') {
    to[--n] = '\0';
  }
  return n;
}

uint32_t
report_print(const struct report* report, char* to)
{
  const struct figures* const f = &report->figures;
  const struct {
    const char* key;
    double value;
  } items[] = {
    { "peak_dbfs", f->peak_dbfs },
    { "true_peak_dbtp", f->true_peak_dbtp },
    { "rms_dbfs", f->rms_dbfs },
    { "integrated_lufs", f->integrated_lufs },
    { "range_lu", f->range_lu },
    { "momentary_lufs", f->momentary_lufs },
    { "momentary_max_lufs", f->momentary_max_lufs },
    { "short_term_lufs", f->short_term_lufs },
    { "short_term_max_lufs", f->short_term_max_lufs },
  };
  char* at = to;
  at += sprintf(at, "{\"time_s\":");
  at += print_time(at, report->time_us);
  at += sprintf(at, ",\"final\":%s", report->is_final ? "true" : "false");
  for (size_t i = 0; i < sizeof items / sizeof items[0]; ++i) {
    at += print_hundredths(at, items[i].key, items[i].value);
  }
  at += sprintf(at, ",\"not_finite_samples\":%llu}",
                (unsigned long long)f->n_not_finite);
  return (uint32_t)(at - to);
}
