// SPDX-License-Identifier: ISC
#include "mel.h"

#include <math.h>
#include <stdlib.h>

double
mel_of_hz(double hz)
{
  return 2595.0 * log10(1.0 + hz / 700.0);
}

double
mel_to_hz(double mel)
{
  return 700.0 * (pow(10.0, mel / 2595.0) - 1.0);
}

// Band *b* goes from edge b over its top at edge b + 1 to edge b + 2.
static double
edge_hz(const struct mel_options* o, uint32_t edge)
{
  const double low = mel_of_hz(o->low_hz);
  const double high = mel_of_hz(o->high_hz);
  return mel_to_hz(low + (high - low) * edge / (o->n_bands + 1));
}

// Straight in Hz: 0 at both ends, 1 at the top.
static double
weight(const struct mel_options* o, uint32_t band, uint32_t bin)
{
  const double f = (double)bin * o->rate / o->size;
  const double low = edge_hz(o, band);
  const double top = edge_hz(o, band + 1);
  const double high = edge_hz(o, band + 2);
  const double up = (f - low) / (top - low);
  const double down = (high - f) / (high - top);
  return fmax(0.0, fmin(up, down));
}

// The bins that can have a weight.
static void
place(const struct mel_options* o, uint32_t band, struct mel_band* out)
{
  const double hz = (double)o->rate / o->size;
  const uint32_t first = (uint32_t)ceil(edge_hz(o, band) / hz);
  uint32_t end = (uint32_t)floor(edge_hz(o, band + 2) / hz) + 1;
  end = end < o->size / 2 + 1 ? end : o->size / 2 + 1;
  *out = (struct mel_band){ .first = first, .n = end > first ? end - first : 0 };
}

static void
fill(struct mel* mel, const struct mel_options* o)
{
  for (uint32_t b = 0; b < mel->n_bands; ++b) {
    const struct mel_band* const band = &mel->bands[b];
    float most = 0.0f;
    for (uint32_t i = 0; i < band->n; ++i) {
      const float w = (float)weight(o, b, band->first + i);
      mel->weights[band->weights + i] = w;
      most = fmaxf(most, w);
    }
    mel->n_empty += most <= 0.0f;
  }
}

int
mel_init(struct mel* mel, const struct mel_options* o)
{
  uint32_t n_weights = 0;
  *mel = (struct mel){ .n_bands = o->n_bands };
  mel->bands = calloc(o->n_bands, sizeof *mel->bands);
  for (uint32_t b = 0; mel->bands && b < o->n_bands; ++b) {
    place(o, b, &mel->bands[b]);
    mel->bands[b].weights = n_weights;
    n_weights += mel->bands[b].n;
  }
  mel->weights = calloc(n_weights + 1, sizeof *mel->weights);
  if (!mel->bands || !mel->weights) {
    mel_fini(mel);
    return 0;
  }
  fill(mel, o);
  return 1;
}

void
mel_fini(struct mel* mel)
{
  free(mel->bands);
  free(mel->weights);
  *mel = (struct mel){ 0 };
}

void
mel_apply(const struct mel* mel, const float* spectrum, float* out)
{
  for (uint32_t b = 0; b < mel->n_bands; ++b) {
    const struct mel_band* const band = &mel->bands[b];
    const float* const w = mel->weights + band->weights;
    double sum = 0.0;
    for (uint32_t i = 0; i < band->n; ++i) {
      sum += (double)w[i] * (double)spectrum[band->first + i];
    }
    out[b] = (float)sum;
  }
}
