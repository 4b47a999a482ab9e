// SPDX-License-Identifier: ISC
// The waveform as columns of equally many frames: extremes and energy.
//
// When there are too many columns, pairs become one and each then holds twice
// the frames: any length fits in the same memory. Columns begin at frames that
// are multiples of the hop, so cutting the stream differently changes nothing.
#ifndef PLOT_WAVE_H
#define PLOT_WAVE_H

#include <stdint.h>

enum { WAVE_LANES = 16 };

struct wave_column {
  float lo;
  float hi;
  double energy; // sum of squares, the mean of the channels
};

struct wave {
  struct wave_column* columns;
  uint32_t n_columns; // the last may hold fewer frames
  uint32_t max_columns; // even
  uint64_t hop;         // frames of a column
  uint64_t n_frames;
  double lanes[WAVE_LANES]; // energy of the last column, in parts
};

/// Frames, with what their channels have in common.
struct frames {
  const float* lo;
  const float* hi;
  const float* power; // mean of squares
  uint32_t n;
};

/// 0 without memory.
int
wave_init(struct wave* wave, uint32_t max_columns);

void
wave_fini(struct wave* wave);

/// As fresh.
void
wave_reset(struct wave* wave);

void
wave_add(struct wave* wave, const struct frames* frames);

/// The frames of columns first .. last - 1 as one; at least one column.
struct wave_column
wave_join(const struct wave* wave, uint32_t first, uint32_t last);

#endif
