// SPDX-License-Identifier: ISC
// The sum over half the spectrum without a transform. By Parseval's theorem
// the powers |X[k]|^2 / n of all n bins sum to the energy T of the windowed
// frame, and bin k equals bin n - k. With P[k] the power of bin k and h = n / 2:
//   n even: the bins below h sum to (T + P[0] - P[h]) / 2
//   n odd:  they sum to (T + P[0]) / 2 - P[h]
#include "energy.h"

#include "fft.h"

#include <math.h>
#include <stdlib.h>

int
energy_init(struct energy* energy, uint32_t n_frame)
{
  const double pi = acos(-1.0);
  double* const memory = calloc(3 * (size_t)n_frame, sizeof *memory);
  if (!memory) {
    return 0;
  }
  *energy = (struct energy){ n_frame, memory, memory + n_frame,
                             memory + 2 * (size_t)n_frame };
  for (uint32_t i = 0; i < n_frame; ++i) {
    // Whole turns go first: the angle stays exact.
    const uint64_t turn = (uint64_t)(n_frame / 2) * i % n_frame;
    const double angle = 2.0 * pi * (double)turn / n_frame;
    const double w = 0.54 - 0.46 * cos(2.0 * pi * i / (n_frame - 1));
    energy->window[i] = w;
    energy->cosines[i] = w * cos(angle);
    energy->sines[i] = w * sin(angle);
  }
  return 1;
}

void
energy_fini(struct energy* energy)
{
  free(energy->window);
  energy->window = NULL;
}

enum { LANES = 4 };

// Sums side by side in a fixed order, whatever the width of vectors.
struct sums {
  double square[LANES];
  double plain[LANES];
  double cosine[LANES];
  double sine[LANES];
};

VAD_FAST static void
add_up(const struct energy* e, const float* frame, uint32_t n, struct sums* out)
{
  struct sums s = { .square = { 0 } };
  for (uint32_t i = 0; i < n; i += LANES) {
    for (uint32_t l = 0; l < LANES; ++l) {
      const double x = (double)frame[i + l];
      const double windowed = x * e->window[i + l];
      s.square[l] += windowed * windowed;
      s.plain[l] += windowed;
      s.cosine[l] += x * e->cosines[i + l];
      s.sine[l] += x * e->sines[i + l];
    }
  }
  *out = s;
}

static double
total(const double* lanes)
{
  return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
}

double
energy_of(const struct energy* e, const float* frame)
{
  const uint32_t n = e->n_frame;
  const uint32_t whole = n / LANES * LANES;
  struct sums s;
  add_up(e, frame, whole, &s);
  for (uint32_t i = whole; i < n; ++i) {
    const double x = (double)frame[i];
    const double windowed = x * e->window[i];
    s.square[0] += windowed * windowed;
    s.plain[0] += windowed;
    s.cosine[0] += x * e->cosines[i];
    s.sine[0] += x * e->sines[i];
  }
  const double plain = total(s.plain);
  const double cosine = total(s.cosine);
  const double sine = total(s.sine);
  const double p_0 = plain * plain / n;
  const double p_h = (cosine * cosine + sine * sine) / n;
  const double both = total(s.square) + p_0;
  return n % 2 ? both / 2.0 - p_h : (both - p_h) / 2.0;
}
