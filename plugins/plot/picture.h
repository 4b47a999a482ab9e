// SPDX-License-Identifier: ISC
// The whole picture, from what was collected.
#ifndef PLOT_PICTURE_H
#define PLOT_PICTURE_H

#include "canvas.h"
#include "layout.h"
#include "marks.h"
#include "spectro.h"
#include "wave.h"

struct picture {
  const struct layout* layout;
  const char* title;
  double range_db;
  uint32_t rate;
  uint32_t n_channels;
  double start; // seconds, of the first frame
  const struct wave* wave;
  const struct spectro* spectro; // null: not in the view
  const struct marks* marks;     // sorted
};

/// 0 without memory.
int
picture_paint(const struct picture* picture, struct canvas* canvas);

#endif
