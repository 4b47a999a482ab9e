// SPDX-License-Identifier: ISC
#include "sinc.h"

#include <math.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;
static const double PASS = 0.92; // of half the lower rate

enum { MAX_WEIGHTS = 1 << 24 };

static int64_t
greatest_divisor(int64_t a, int64_t b)
{
  while (b) {
    const int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// Weights that sum to one, so that silence between tones stays where it is.
static void
fill_row(const struct sinc* s, int64_t row)
{
  float* const w = s->rows + row * 2 * s->half;
  const double low = s->up < s->down ? (double)s->up / (double)s->down : 1;
  const double offset = (double)row / (double)s->up;
  double sum = 0;
  for (int64_t k = 0; k < 2 * s->half; ++k) {
    const double t = (double)(k - s->half + 1) - offset;
    const double x = PI * PASS * low * t;
    const double bell = 0.5 + 0.5 * cos(PI * t / (double)s->half);
    w[k] = (float)(fabs(x) < 1e-12 ? bell : sin(x) / x * bell);
    sum += w[k];
  }
  for (int64_t k = 0; k < 2 * s->half; ++k) {
    w[k] = (float)(w[k] / sum);
  }
}

enum sinc_result
sinc_init(struct sinc* s, int64_t source_rate, int64_t target_rate,
          int n_crossings)
{
  const int64_t divisor = greatest_divisor(source_rate, target_rate);
  s->up = target_rate / divisor;
  s->down = source_rate / divisor;
  const double wide = s->down > s->up ? (double)s->down / (double)s->up : 1;
  s->half = (int64_t)ceil(n_crossings * wide);
  if (s->up > MAX_WEIGHTS / 2 / s->half) {
    return SINC_TOO_LARGE;
  }
  s->rows = malloc((size_t)(s->up * 2 * s->half) * sizeof *s->rows);
  if (!s->rows) {
    return SINC_NO_MEMORY;
  }
  for (int64_t row = 0; row < s->up; ++row) {
    fill_row(s, row);
  }
  return SINC_OK;
}

void
sinc_fini(struct sinc* s)
{
  free(s->rows);
  s->rows = NULL;
}

int64_t
sinc_n_out(const struct sinc* s, int64_t n)
{
  return (2 * n * s->up + s->down) / (2 * s->down);
}

int64_t
sinc_n_ready(const struct sinc* s, int64_t n)
{
  // Frame i reads up to i * down / up + half.
  const int64_t last = n - 1 - s->half;
  return last < 0 ? 0 : ((last + 1) * s->up + s->down - 1) / s->down;
}

float
sinc_at(const struct sinc* s, int64_t i, const double* in, int64_t first,
        int64_t n, size_t step)
{
  const int64_t at = i * s->down;
  const float* const w = s->rows + at % s->up * 2 * s->half;
  const int64_t from = at / s->up - s->half + 1;
  double sum = 0;
  for (int64_t k = 0; k < 2 * s->half; ++k) {
    const int64_t j = from + k - first;
    if (j >= 0 && j < n) {
      sum += w[k] * in[(size_t)j * step];
    }
  }
  return (float)sum;
}
