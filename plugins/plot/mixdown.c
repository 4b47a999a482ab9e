// SPDX-License-Identifier: ISC
#include "mixdown.h"

static const float LOUDEST = 1e3f;

// Comparisons with NaN are false, so it becomes 0.
static float
tame(float x)
{
  const float above = x >= -LOUDEST ? x : x < 0.0f ? -LOUDEST : 0.0f;
  return above <= LOUDEST ? above : LOUDEST;
}

static void
begin(struct mixdown* out, const float* in, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    const float x = tame(in[i]);
    out->mean[i] = x;
    out->lo[i] = x;
    out->hi[i] = x;
    out->power[i] = x * x;
  }
}

static void
add(struct mixdown* out, const float* in, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    const float x = tame(in[i]);
    out->mean[i] += x;
    out->lo[i] = x < out->lo[i] ? x : out->lo[i];
    out->hi[i] = x > out->hi[i] ? x : out->hi[i];
    out->power[i] += x * x;
  }
}

static void
divide(struct mixdown* out, uint32_t n_channels, uint32_t n)
{
  const float factor = 1.0f / (float)n_channels;
  for (uint32_t i = 0; i < n; ++i) {
    out->mean[i] *= factor;
    out->power[i] *= factor;
  }
}

static uint32_t
count_odd(const float* in, uint32_t n)
{
  uint32_t odd = 0;
  for (uint32_t i = 0; i < n; ++i) {
    odd += in[i] - in[i] != 0.0f; // true for NaN and infinity
  }
  return odd;
}

uint32_t
mixdown_make(struct mixdown* out, const float* const* channels,
             uint32_t n_channels, uint32_t n)
{
  uint32_t odd = count_odd(channels[0], n);
  begin(out, channels[0], n);
  for (uint32_t c = 1; c < n_channels; ++c) {
    odd += count_odd(channels[c], n);
    add(out, channels[c], n);
  }
  if (n_channels > 1) {
    divide(out, n_channels, n);
  }
  return odd;
}
