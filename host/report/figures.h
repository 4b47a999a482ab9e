// SPDX-License-Identifier: ISC
// Figures for people: three digits that count, and a unit.
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include <stdint.h>

/// A figure as text, to be used at once.
struct figure {
  char text[24];
};

/// "812 ns", "4.12 us", "21.6 ms", "2.65 s", "754 s".
struct figure
figure_time(int64_t ns);

/// "32.75 s", "0.46 s"; "-" for a negative one, which stands for "unknown".
struct figure
figure_media(double seconds);

/// "640 B", "1.25 MiB".
struct figure
figure_bytes(uint64_t bytes);

/// "0:12", "1:02:03".
struct figure
figure_clock(double seconds);

/// "7.3 x", "450 x"; "-" unless above zero and finite.
struct figure
figure_speed(double times);

/// "0.4 %", "42 %", of a share between 0 and 1.
struct figure
figure_percent(double share);

#endif
