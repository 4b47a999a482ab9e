// SPDX-License-Identifier: ISC
#include "fft.h"

#include <math.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;

int
fft_init(struct fft* fft, size_t n)
{
  *fft = (struct fft){ .n = n };
  fft->turns = malloc(n * sizeof *fft->turns);
  fft->scratch = malloc(n * sizeof *fft->scratch);
  if (!fft->turns || !fft->scratch) {
    return -1;
  }
  for (size_t k = 0; k < n; ++k) {
    const double angle = -2 * PI * (double)k / (double)n;
    fft->turns[k] = cos(angle) + sin(angle) * I;
  }
  return 0;
}

void
fft_fini(struct fft* fft)
{
  free(fft->turns);
  free(fft->scratch);
  *fft = (struct fft){ 0 };
}

static size_t
smallest_factor(size_t n)
{
  for (size_t p = 2; p * p <= n; ++p) {
    if (n % p == 0) {
      return p;
    }
  }
  return n;
}

// *p* transforms of length *m*, one behind the other in *parts*, become one.
static void
join(const struct fft* fft, const double complex* parts, size_t p, size_t m,
     double complex* out)
{
  const size_t n = p * m;
  const size_t turn = fft->n / n;
  for (size_t k = 0; k < n; ++k) {
    double complex sum = 0;
    for (size_t r = 0; r < p; ++r) {
      sum += parts[r * m + k % m] * fft->turns[r * k % n * turn];
    }
    out[k] = sum;
  }
}

// Of the *n* samples in[0], in[step], ...; *out* and *spare* have n places.
static void
transform(const struct fft* fft, const double* in, size_t step, size_t n,
          double complex* out, double complex* spare)
{
  if (n == 1) {
    out[0] = in[0];
    return;
  }
  const size_t p = smallest_factor(n);
  const size_t m = n / p;
  for (size_t r = 0; r < p; ++r) {
    transform(fft, in + r * step, step * p, m, spare + r * m, out + r * m);
  }
  join(fft, spare, p, m, out);
}

void
fft_run(struct fft* fft, const double* in, double complex* out)
{
  transform(fft, in, 1, fft->n, out, fft->scratch);
}
