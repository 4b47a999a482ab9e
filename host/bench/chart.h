// SPDX-License-Identifier: ISC
// Bars on a logarithmic scale, in groups: times that lie decades apart.
#ifndef BENCH_CHART_H
#define BENCH_CHART_H

#include "base/status.h"

#include <stdint.h>
#include <stdio.h>

enum chart_look {
  CHART_OURS,      // what the picture is about
  CHART_OTHER,     // what it is compared with
  CHART_PUBLISHED  // what somebody else has measured
};

/// Texts are the caller's.
struct chart_bar {
  const char* label;
  double ns; // above 0
  enum chart_look look;
};

struct chart_group {
  const char* title;
  const struct chart_bar* bars;
  uint32_t n_bars;
  double target_ns; // a mark on the scale; 0: none
};

struct chart {
  const char* title;
  const char* subtitle;
  const char* footer; // lines with '\n' between them
  const struct chart_group* groups;
  uint32_t n_groups;
};

/// A whole SVG file, for browsers and for rsvg-convert. Beside each bar stands
/// its time, and how many times that of the group's first CHART_OURS it is.
void
chart_write(const struct chart* chart, FILE* to);

#endif
