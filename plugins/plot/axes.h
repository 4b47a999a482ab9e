// SPDX-License-Identifier: ISC
// Ticks, their texts and the captions around the panels.
#ifndef PLOT_AXES_H
#define PLOT_AXES_H

#include "layout.h"

/// What the horizontal axis shows, in seconds.
struct span {
  double start;
  double end;
};

/// The column of the canvas, perhaps outside of *area*, of a time.
int
axes_x(struct rect area, const struct span* span, double seconds);

/// Lines for the ticks in the empty panel of the waveform.
void
axes_grid(struct canvas* canvas,
          const struct layout* layout,
          const struct span* span);

void
axes_time(struct canvas* canvas,
          const struct layout* layout,
          const struct span* span);

void
axes_amplitude(struct canvas* canvas,
               const struct layout* layout,
               double limit);

void
axes_frequency(struct canvas* canvas,
               const struct layout* layout,
               double top_hz);

/// The bar of colours and its levels.
void
axes_levels(struct canvas* canvas,
            const struct layout* layout,
            const struct colour* shades,
            double top_db,
            double range_db);

#endif
