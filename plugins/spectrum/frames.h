// SPDX-License-Identifier: ISC
// From samples of one channel to one row of numbers: window, transform, power,
// bands.
#ifndef SPECTRUM_FRAMES_H
#define SPECTRUM_FRAMES_H

#include "mel.h"

#include <fftw3.h>
#include <stdint.h>

/// The orders of the parameters' names.
enum view { VIEW_STFT, VIEW_LOGMEL };
enum window { WINDOW_HANN, WINDOW_HAMMING, WINDOW_RECT };
enum values { VALUES_POWER, VALUES_MAGNITUDE };

struct frame_options {
  uint32_t view;   // enum view
  uint32_t window; // enum window
  uint32_t values; // enum values
  double floor_db;
  struct mel_options mel; // rate and size are used by all views
};

struct frames {
  struct frame_options options;
  uint32_t n_bins;
  float* window;
  float* samples; // under the window
  fftwf_complex* spectrum;
  float* bins;
  fftwf_plan plan;
  struct mel mel;
};

/// Numbers of one row.
uint32_t
frames_width(const struct frame_options* options);

/// 0 without memory.
int
frames_init(struct frames* frames, const struct frame_options* options);

void
frames_fini(struct frames* frames);

/// The row of the frame *samples*.
void
frames_row(struct frames* frames, const float* samples, float* out);

#endif
