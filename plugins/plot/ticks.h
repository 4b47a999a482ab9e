// SPDX-License-Identifier: ISC
// Where an axis has ticks, and what stands beside them.
#ifndef PLOT_TICKS_H
#define PLOT_TICKS_H

enum { TICK_BYTES = 32 };

/// The smallest of 1, 2, 5 times a power of ten that gives at most *most*
/// steps in *span*, which is positive.
double
ticks_step(double span, int most);

/// The same in seconds, with minutes and hours where they are due.
double
ticks_time_step(double span, int most);

/// The smallest of 1, 2, 5 times a power of ten that is not below *value*.
double
ticks_above(double value);

/// A number with the places that *step* needs.
void
ticks_number(char out[TICK_BYTES], double value, double step);

/// A time: "250 ms", "5 s", "2:30", "1:02:30"; which one, *end* tells, the last
/// time of the axis.
void
ticks_time(char out[TICK_BYTES], double seconds, double step, double end);

#endif
