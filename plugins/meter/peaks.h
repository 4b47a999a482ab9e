// SPDX-License-Identifier: ISC
// Peaks of samples, and between them (ITU-R BS.1770-4, annex 2): a windowed
// sinc of 48 taps for each sample, shared out to the phases in between.
#ifndef METER_PEAKS_H
#define METER_PEAKS_H

#include <stdint.h>

enum { PEAKS_TAPS = 48, PEAKS_MAX_FACTOR = 4 };

/// Samples before the first one that a run looks at.
enum { PEAKS_BEFORE = PEAKS_TAPS / 2 };

struct peaks {
  uint32_t factor; // 4, 2, or 1: the samples are close enough
  uint32_t n_taps; // of a phase
  float taps[PEAKS_MAX_FACTOR][PEAKS_TAPS]; // the oldest sample's first
};

void
peaks_init(struct peaks* peaks, uint32_t rate);

/// The largest magnitude between the samples; *x* has PEAKS_BEFORE samples more
/// before its first.
float
peaks_between(const struct peaks* peaks, const float* x, uint32_t n);

/// The same plainly: what the loop is tested against.
float
peaks_between_plain(const struct peaks* peaks, const float* x, uint32_t n);

/// Copies samples, NaN and infinity as 0, whose number is added to *n_odd*;
/// gives the largest magnitude.
float
peaks_clean(float* to, const float* from, uint32_t n, uint64_t* n_odd);

#endif
