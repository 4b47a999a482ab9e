// SPDX-License-Identifier: ISC
// Between the files of layers_place: boxes and passes alike are items.
#ifndef REPORT_LAYERS_WORK_H
#define REPORT_LAYERS_WORK_H

#include "report/layers.h"

struct layers_item {
  uint32_t column;
  uint32_t rank; // in its column, from the top
  double height;
  double y;      // centre
  double wanted; // centre, if it were alone
  double weight; // how many pieces of lines want it there
};

/// A piece of a line, from a column to the next.
struct layers_piece {
  uint32_t left; // items
  uint32_t right;
  double left_y; // offsets from the centres
  double right_y;
};

struct layers_work {
  struct layers_item* items; // boxes, then passes
  uint32_t n_items;
  struct layers_piece* pieces; // by column of their left ends
  uint32_t n_pieces;
  uint32_t* piece_starts; // of columns in *pieces*, and the end
  struct layers_item** sorted; // by column, then rank
  uint32_t* starts;            // of columns in *sorted*, and the end
  uint32_t n_columns;
};

/// Ranks the items of each column so that few pieces cross.
enum status
layers_rank(struct layers_work* work);

/// Sets y of all items: pieces as level as the ranks and heights allow.
enum status
layers_level(struct layers_work* work);

#endif
