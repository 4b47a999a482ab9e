// SPDX-License-Identifier: ISC
// A picture in memory, and the few strokes that it is painted with. All of
// them are cut off at the edges.
#ifndef PLOT_CANVAS_H
#define PLOT_CANVAS_H

#include <stdint.h>

struct colour {
  uint8_t r;
  uint8_t g;
  uint8_t b;
};

/// In pixels, from the upper left corner. Empty when w or h is not positive.
struct rect {
  int x;
  int y;
  int w;
  int h;
};

struct canvas {
  uint8_t* pixels; // rows of r, g, b from the top, without gaps
  int width;
  int height;
};

enum { OPAQUE = 255 };

/// All of one colour; 0 without memory.
int
canvas_init(struct canvas* canvas, int width, int height, struct colour paper);

void
canvas_fini(struct canvas* canvas);

/// *alpha* runs from 0, nothing happens, to OPAQUE.
void
canvas_dot(struct canvas* canvas, int x, int y, struct colour ink, int alpha);

void
canvas_fill(struct canvas* canvas,
            struct rect area,
            struct colour ink,
            int alpha);

/// The outline of *area*, *thick* pixels wide, within it.
void
canvas_frame(struct canvas* canvas,
             struct rect area,
             int thick,
             struct colour ink,
             int alpha);

#endif
