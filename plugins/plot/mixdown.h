// SPDX-License-Identifier: ISC
// What the channels of a frame have in common: mean, extremes, power.
#ifndef PLOT_MIXDOWN_H
#define PLOT_MIXDOWN_H

#include <stdint.h>

enum { MIXDOWN_FRAMES = 1024 };

struct mixdown {
  float mean[MIXDOWN_FRAMES];
  float lo[MIXDOWN_FRAMES];
  float hi[MIXDOWN_FRAMES];
  float power[MIXDOWN_FRAMES]; // mean of squares
};

/// At most MIXDOWN_FRAMES frames. What is no number counts as 0, what is beyond
/// 60 dBFS as that. Gives how many samples were no numbers.
uint32_t
mixdown_make(struct mixdown* out,
             const float* const* channels,
             uint32_t n_channels,
             uint32_t n_frames);

#endif
