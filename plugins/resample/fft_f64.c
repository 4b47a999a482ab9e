// SPDX-License-Identifier: ISC
// Windows in double precision.
#define REAL double
#define REAL_BYTES 8
#define REAL_NAME(name) name##_f64

#include "fft_run.h"

#include "blocks_run.h"

RILL_CLONES void
blocks_widen(const float* in, size_t n, double* out)
{
  for (size_t i = 0; i < n; ++i) {
    out[i] = (double)in[i];
  }
}

RILL_CLONES void
blocks_narrow(const double* in, size_t n, float* out)
{
  for (size_t i = 0; i < n; ++i) {
    out[i] = (float)in[i];
  }
}

static struct fft_planes
windows_f64(const struct blocks* b, const float* first, const float* second)
{
  blocks_widen(first, b->plan.n_in, (double*)b->windows.re);
  blocks_widen(second, b->plan.n_in, (double*)b->windows.im);
  return b->windows;
}

#include "band.h"
