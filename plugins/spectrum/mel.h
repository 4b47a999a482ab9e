// SPDX-License-Identifier: ISC
// Triangular filters, equally wide on the mel scale, over bins of a spectrum.
#ifndef SPECTRUM_MEL_H
#define SPECTRUM_MEL_H

#include <stdint.h>

/// The scale of the HTK Book (section 5.6): m = 2595 log10(1 + f / 700).
double
mel_of_hz(double hz);

double
mel_to_hz(double mel);

struct mel_options {
  uint32_t rate;
  uint32_t size; // of the transform
  uint32_t n_bands;
  double low_hz;
  double high_hz;
};

/// Bins first .. first + n - 1 and where their weights begin.
struct mel_band {
  uint32_t first;
  uint32_t n;
  uint32_t weights;
};

struct mel {
  uint32_t n_bands;
  uint32_t n_empty; // bands that no bin falls into
  struct mel_band* bands;
  float* weights;
};

/// 0 without memory.
int
mel_init(struct mel* mel, const struct mel_options* options);

void
mel_fini(struct mel* mel);

/// The weighted sum of *spectrum* for each band.
void
mel_apply(const struct mel* mel, const float* spectrum, float* out);

#endif
