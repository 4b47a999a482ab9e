// SPDX-License-Identifier: ISC
// Where the boxes of a picture go: in columns from left to right, so that lines
// go right only, cross seldom and run straight where they can.
#ifndef REPORT_LAYERS_H
#define REPORT_LAYERS_H

#include "base/status.h"

#include <stdint.h>

/// A box. Its producers stand before it in the array.
struct layers_box {
  double width; // in; out: as wide as its column
  double height;
  double x; // out: left, top
  double y;
  uint32_t column; // out
};

/// A line from the right side of a box to the left side of another, sorted by
/// *to*. It runs level through the label zone of each column and bends behind
/// it.
struct layers_line {
  uint32_t from;
  uint32_t to;
  double from_y; // in: offsets from the tops of the boxes
  double to_y;
  double label_width; // in: room for a text behind *from*
  uint32_t first_pass; // out: the columns in between that it passes
  uint32_t n_passes;
};

/// A line in a column that it passes.
struct layers_pass {
  uint32_t column;
  double y;
};

struct layers_column {
  double x;
  double width;
  double label_width; // of the zone to the right of the boxes
};

struct layers {
  struct layers_box* boxes; // in: the caller's
  uint32_t n_boxes;
  struct layers_line* lines; // in: the caller's
  uint32_t n_lines;
  struct layers_pass* passes; // out, owned
  uint32_t n_passes;
  struct layers_column* columns; // out, owned
  uint32_t n_columns;
  double width; // out: of everything
  double height;
};

enum { LAYERS_BEND = 48, LAYERS_ROW_GAP = 22, LAYERS_PASS_HEIGHT = 6 };

/// A line across more columns than this goes straight, through whatever is
/// there: a picture of so many nodes is not looked at from near.
enum { LAYERS_MAX_SPAN = 64 };

/// Fills what is marked as out. [pure]
enum status
layers_place(struct layers* layers);

void
layers_fini(struct layers* layers);

#endif
