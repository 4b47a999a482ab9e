// SPDX-License-Identifier: ISC
// The marks over the panels: bands, bars and numbers.
#ifndef PLOT_OVERLAY_H
#define PLOT_OVERLAY_H

#include "axes.h"
#include "marks.h"

/// Takes them in the order of time.
void
overlay_paint(struct canvas* canvas,
              const struct layout* layout,
              const struct marks* marks,
              const struct span* span);

#endif
