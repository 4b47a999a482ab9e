// SPDX-License-Identifier: ISC
// The spectrogram as columns of equally many frames, each the mean of the
// power spectra in it. Columns pair up when there are too many, as in wave.h.
//
// A spectrum stands in the middle of its cell of frames. Cells grow with the
// columns until windows overlap by half; then columns hold several cells.
#ifndef PLOT_SPECTRO_H
#define PLOT_SPECTRO_H

#include "fold.h"

#include <fftw3.h>
#include <stdint.h>

struct spectro {
  uint32_t size;   // of the transform
  uint32_t n_bins; // size / 2 + 1
  uint32_t n_rows; // numbers of a column: the bins, or fewer
  float* columns;  // n_rows each, power of a sine of amplitude 1 is 1
  uint32_t* n_spectra; // in each column
  uint32_t n_columns;
  uint32_t max_columns; // even
  uint32_t max_cell;
  uint64_t hop;  // frames of a column
  uint64_t cell; // frames of a spectrum, at most the hop
  uint64_t at;   // where the next cell begins
  uint64_t n_frames;
  int64_t first; // frame of samples[0]
  uint32_t n_samples;
  uint32_t max_samples;
  float* samples; // what windows still need
  float* window;
  float* input;
  float* power;
  struct fold_row* fold; // when there are fewer rows than bins
  fftwf_complex* output;
  fftwf_plan plan;
};

/// *max_rows*: rows that are drawn; more bins than that are averaged at once.
/// 0 without memory; takes zeroed memory.
int
spectro_init(struct spectro* spectro,
             uint32_t size,
             uint32_t max_columns,
             uint32_t max_rows);

void
spectro_fini(struct spectro* spectro);

/// As fresh.
void
spectro_reset(struct spectro* spectro);

void
spectro_add(struct spectro* spectro, const float* samples, uint32_t n);

/// Nothing comes any more: spectra that wait for samples get zeros.
void
spectro_end(struct spectro* spectro);

/// Adds *weight* times the mean power of each row of a column.
void
spectro_take(const struct spectro* spectro,
             uint32_t column,
             float weight,
             float* rows);

#endif
