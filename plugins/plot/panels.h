// SPDX-License-Identifier: ISC
// The contents of the two panels, without axes.
#ifndef PLOT_PANELS_H
#define PLOT_PANELS_H

#include "canvas.h"
#include "spectro.h"
#include "wave.h"

/// Extremes and RMS, -limit at the bottom, limit at the top.
void
panels_wave(struct canvas* canvas,
            struct rect area,
            const struct wave* wave,
            double limit);

/// The peak of all, at least 0.
double
panels_peak(const struct wave* wave);

/// Levels in dB as shades.
struct scale {
  double top_db;
  double range_db;
};

/// Half the rate at the top, 0 Hz at the bottom. The top of the scale is the
/// loudest level rounded up, and is written to *scale*. 0 without memory.
int
panels_spectro(struct canvas* canvas,
               struct rect area,
               const struct spectro* spectro,
               const struct colour* shades,
               struct scale* scale);

#endif
