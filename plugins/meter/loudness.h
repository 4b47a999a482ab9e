// SPDX-License-Identifier: ISC
// Peak, RMS and EBU R128 loudness of a stream. The figures do not depend on how
// the stream is cut.
#ifndef METER_LOUDNESS_H
#define METER_LOUDNESS_H

#include "gates.h"
#include "peaks.h"
#include "weighting.h"

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
  struct rill_format format;
  uint32_t flags; // enum loudness_flags
  uint32_t step;  // frames of 100 ms
  uint64_t n_frames;
  uint64_t n_not_finite;
  struct weighting weighting;
  struct peaks peaks;
  struct gates gates;
  uint32_t n_groups;
  struct lanes* groups; // of four channels
  float* samples;       // of each lane: the last ones, and a chunk
  float peak;
  float true_peak;
  double momentary_max;
  double short_term_max;
};

/// Memory with format and flags is prepared; gives 0 without memory.
int
loudness_init(struct loudness* loudness);

/// Forgets what it heard.
void
loudness_reset(struct loudness* loudness);

/// Takes zeroed memory.
void
loudness_fini(struct loudness* loudness);

/// Frames first .. first + n - 1 of planar channels. 0 without memory.
int
loudness_add(struct loudness* loudness,
             const float* const* channels,
             uint32_t first,
             uint32_t n);

/// Sorts what it has: not while something else reads.
void
loudness_read(struct loudness* loudness, struct figures* out);

#endif
