// SPDX-License-Identifier: ISC
#include "mix.h"

#include <rill/util/clones.h>

#include <string.h>

RILL_CLONES static void
scale(float* out, const float* a, float x, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = a[i] * x;
  }
}

RILL_CLONES static void
scale_two(float* out, const float* a, float x, const float* b, float y,
          uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = a[i] * x + b[i] * y;
  }
}

RILL_CLONES static void
add_scaled(float* out, const float* a, float x, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = out[i] + a[i] * x;
  }
}

// The next channel that counts, or n.
static uint32_t
next(const float* factors, uint32_t from, uint32_t n)
{
  while (from < n && factors[from] == 0.0f) {
    ++from;
  }
  return from;
}

void
mix_row(float* out,
        const float* const* in,
        const float* factors,
        uint32_t n_in,
        uint32_t n_frames)
{
  const uint32_t a = next(factors, 0, n_in);
  const uint32_t b = a < n_in ? next(factors, a + 1, n_in) : n_in;

  if (a == n_in) {
    memset(out, 0, n_frames * sizeof *out);
  } else if (b == n_in && factors[a] == 1.0f) {
    memcpy(out, in[a], n_frames * sizeof *out);
  } else if (b == n_in) {
    scale(out, in[a], factors[a], n_frames);
  } else {
    scale_two(out, in[a], factors[a], in[b], factors[b], n_frames);
    for (uint32_t c = next(factors, b + 1, n_in); c < n_in;
         c = next(factors, c + 1, n_in)) {
      add_scaled(out, in[c], factors[c], n_frames);
    }
  }
}
