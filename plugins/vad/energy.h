// SPDX-License-Identifier: ISC
// The frame rule of the system that rill replaces: a frame under a Hamming
// window is speech when the sum of |X[k]|^2 / n over k < n / 2 (whole division)
// is above a threshold.
#ifndef VAD_ENERGY_H
#define VAD_ENERGY_H

#include <stdint.h>

struct energy {
  uint32_t n_frame;
  double* window;
  double* cosines; // of bin n / 2, times the window
  double* sines;
};

/// 0 without memory. *n_frame* is 2 or more.
int
energy_init(struct energy* energy, uint32_t n_frame);

void
energy_fini(struct energy* energy);

/// That sum for *frame*.
double
energy_of(const struct energy* energy, const float* frame);

#endif
