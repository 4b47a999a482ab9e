// SPDX-License-Identifier: ISC
// A windowed sinc, one row of weights for each place that an output frame can
// have between two input frames.
#ifndef LEGACY_SINC_H
#define LEGACY_SINC_H

#include <stddef.h>
#include <stdint.h>

/// Output frame i lies at input frame i * down / up.
struct sinc {
  int64_t up;
  int64_t down;
  int64_t half; // input frames that are looked at, on each side
  float* rows;  // `up` rows of 2 * half weights
};

enum sinc_result { SINC_OK, SINC_NO_MEMORY, SINC_TOO_LARGE };

/// *n_crossings*: zeros of the sinc on each side, at the lower rate.
enum sinc_result
sinc_init(struct sinc* sinc, int64_t source_rate, int64_t target_rate,
          int n_crossings);

void
sinc_fini(struct sinc* sinc);

/// How many output frames belong to *n* input frames, to the nearest.
int64_t
sinc_n_out(const struct sinc* sinc, int64_t n);

/// How many output frames can be computed when *n* input frames are there and
/// more may come.
int64_t
sinc_n_ready(const struct sinc* sinc, int64_t n);

/// Output frame *i* of one channel. *in* shows the clip from frame *first* on,
/// *n* frames of it, *step* numbers apart; around it are zeros.
float
sinc_at(const struct sinc* sinc, int64_t i, const double* in, int64_t first,
        int64_t n, size_t step);

#endif
