// SPDX-License-Identifier: ISC
// The K-weighting of ITU-R BS.1770-4 and the sums of squares behind it. Four
// channels go side by side: a recursive filter waits for itself, four wait no
// longer.
#ifndef METER_WEIGHTING_H
#define METER_WEIGHTING_H

#include <stdint.h>

enum { WEIGHTING_LANES = 4 };

/// A second-order filter; its first coefficient of the output is 1.
struct section {
  double b0;
  double b1;
  double b2;
  double a1;
  double a2;
};

struct weighting {
  struct section shelf;
  struct section highpass;
};

/// What four channels remember, and what they add up to.
struct lanes {
  double x[2][WEIGHTING_LANES];      // inputs of the shelf, the last one first
  double shelf[2][WEIGHTING_LANES];  // its outputs
  double high[2][WEIGHTING_LANES];   // those of the highpass
  double square[WEIGHTING_LANES];    // of the inputs
  double weighted[WEIGHTING_LANES];  // of what comes out
};

void
weighting_init(struct weighting* w, double rate);

/// Adds *n* samples of each lane. The result does not depend on the cut.
void
weighting_run(const struct weighting* w,
              struct lanes* lanes,
              const float* const in[WEIGHTING_LANES],
              uint32_t n);

/// After silence a filter rings on through ever smaller numbers, at last
/// denormal ones, which are slow: makes them 0.
void
weighting_rest(struct lanes* lanes);

#endif
