// SPDX-License-Identifier: ISC
// Test signals. Each sample is a function of the number of its frame alone, so
// that blocks may be cut anywhere and a stream may start anywhere.
#ifndef TONE_WAVE_H
#define TONE_WAVE_H

#include <stdint.h>

/// The order of the parameter's names.
enum wave_kind {
  WAVE_SINE,
  WAVE_SWEEP,
  WAVE_NOISE,
  WAVE_IMPULSE,
  WAVE_SILENCE,
  WAVE_SQUARE,
  WAVE_SAW
};

enum wave_colour { WAVE_WHITE, WAVE_PINK };

struct wave {
  uint32_t kind;   // enum wave_kind
  uint32_t colour; // noise: enum wave_colour
  double level;    // of the peaks, as a factor
  uint64_t step;   // cycles from frame to frame, 2^64 are one
  double growth;   // sweep: logarithm of the frequency's growth in a frame
  double cycles;   // sweep: initial frequency / growth, in frames
  uint64_t seed;
};

/// *frequency* and *to* in cycles a frame, below 0.5. A sweep reaches *to*
/// after *n_frames*. The other fields of *wave* are set already.
void
wave_tune(struct wave* wave, double frequency, double to, uint64_t n_frames);

/// Frames *first* and on of one channel. Channels differ in noise only.
void
wave_fill(const struct wave* wave,
          uint32_t channel,
          uint64_t first,
          float* out,
          uint32_t n_frames);

#endif
