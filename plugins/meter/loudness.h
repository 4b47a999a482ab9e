// SPDX-License-Identifier: ISC
// Peak, RMS and EBU R128 loudness of a stream, by libebur128. The figures do
// not depend on how the stream is cut.
#ifndef METER_LOUDNESS_H
#define METER_LOUDNESS_H

#include <ebur128.h>
#include <rill/format.h>

/// What is measured, and how.
enum loudness_flags {
  LOUDNESS_DUAL_MONO = 0x1, // one channel counts as two
  LOUDNESS_HISTOGRAM = 0x2, // memory that does not grow with time
  LOUDNESS_TRUE_PEAK = 0x4
};

/// In dB or LU; -infinity where there is nothing to measure.
struct figures {
  double peak_dbfs;
  double true_peak_dbtp;
  double rms_dbfs;
  double integrated_lufs;
  double momentary_lufs;
  double momentary_max_lufs;
  double short_term_lufs;
  double short_term_max_lufs;
  double range_lu;
  uint64_t n_not_finite; // samples
};

struct loudness {
  ebur128_state* state;
  struct rill_format format;
  uint32_t flags;    // enum loudness_flags
  uint32_t step;     // frames of 100 ms
  float* interleaved; // what libebur128 takes at once
  uint64_t n_frames;
  uint64_t n_not_finite;
  double sum_of_squares;
  double momentary_max;
  double short_term_max;
};

/// Zeroed memory with format and flags is prepared; gives 0 without memory.
int
loudness_init(struct loudness* loudness);

/// Takes zeroed memory.
void
loudness_fini(struct loudness* loudness);

/// Frames first .. first + n - 1 of planar channels. 0 without memory.
int
loudness_add(struct loudness* loudness,
             const float* const* channels,
             uint32_t first,
             uint32_t n);

void
loudness_read(const struct loudness* loudness, struct figures* out);

#endif
