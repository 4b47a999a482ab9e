// SPDX-License-Identifier: ISC
// Levels of twenty bands of a frame, in which speech has its energy.
#ifndef VAD_BANDS_H
#define VAD_BANDS_H

#include "fft.h"

enum { BANDS = 20, BANDS_LANES = 4 };

/// One triangle over bins of the spectrum.
struct band {
  uint32_t first;   // bin
  uint32_t n;       // bins, a multiple of BANDS_LANES
  uint32_t weights; // where its weights begin
};

struct bands {
  struct fft fft;
  uint32_t n_bins;
  float* window; // of Hann, scaled so that white noise has the power of its variance
  float* power;
  float* weights;
  struct band band[BANDS];
};

/// For frames of *n_window* samples at *rate*. 0 without memory.
int
bands_init(struct bands* bands, uint32_t rate, uint32_t n_window);

void
bands_fini(struct bands* bands);

/// The level of each band in dB, within -100 .. 40; NaN and infinite samples
/// give one of these ends.
void
bands_measure(struct bands* bands, const float* samples, float* decibels);

/// 10 log10(x) for positive finite *x*, good to 0.0001.
float
bands_decibels(float x);

#endif
