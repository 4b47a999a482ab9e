// SPDX-License-Identifier: ISC
#include "bench/series.h"

#include "base/mem.h"

#include <stdlib.h>

int
series_init(struct series* series, uint32_t n_turns)
{
  *series = (struct series){ .room = n_turns };
  series->values = mem_new_array(double, n_turns);
  return series->values != NULL;
}

void
series_fini(struct series* series)
{
  mem_free(series->values);
  *series = (struct series){ 0 };
}

void
series_add(struct series* series, double value)
{
  if (value >= 0 && series->n < series->room) {
    series->values[series->n++] = value;
  }
}

static int
by_value(const void* a, const void* b)
{
  const double x = *(const double*)a;
  const double y = *(const double*)b;
  return (x > y) - (x < y);
}

static void
sort(struct series* series)
{
  qsort(series->values, series->n, sizeof *series->values, by_value);
}

double
series_median(struct series* s)
{
  if (!s->n) {
    return 0;
  }
  sort(s);
  return s->n % 2 ? s->values[s->n / 2]
                  : (s->values[s->n / 2 - 1] + s->values[s->n / 2]) / 2;
}

double
series_least(struct series* series)
{
  if (!series->n) {
    return 0;
  }
  sort(series);
  return series->values[0];
}
