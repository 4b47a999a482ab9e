// SPDX-License-Identifier: ISC
#include "report/layers.h"

#include "base/mem.h"
#include "report/layers_work.h"

// A box stands right of all that it reads, and one that reads nothing right
// before the first that reads it.
static enum status
choose_columns(struct layers* l)
{
  uint32_t* const nearest = mem_new_array(uint32_t, l->n_boxes);
  if (!nearest) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < l->n_boxes; ++i) {
    l->boxes[i].column = 0;
  }
  for (uint32_t i = 0; i < l->n_lines; ++i) {
    const uint32_t left = l->boxes[l->lines[i].from].column;
    struct layers_box* const box = &l->boxes[l->lines[i].to];
    box->column = box->column > left ? box->column : left + 1;
  }
  for (uint32_t i = 0; i < l->n_lines; ++i) {
    uint32_t* const n = &nearest[l->lines[i].from];
    const uint32_t column = l->boxes[l->lines[i].to].column;
    *n = *n && *n < column ? *n : column;
  }
  for (uint32_t i = 0; i < l->n_boxes; ++i) {
    if (!l->boxes[i].column && nearest[i]) {
      l->boxes[i].column = nearest[i] - 1;
    }
    const uint32_t end = l->boxes[i].column + 1;
    l->n_columns = end > l->n_columns ? end : l->n_columns;
  }
  mem_free(nearest);
  return STATUS_OK;
}

static void
count_passes(struct layers* l)
{
  l->n_passes = 0;
  for (uint32_t i = 0; i < l->n_lines; ++i) {
    struct layers_line* const line = &l->lines[i];
    const uint32_t span =
      l->boxes[line->to].column - l->boxes[line->from].column;
    line->first_pass = l->n_passes;
    line->n_passes = span <= LAYERS_MAX_SPAN ? span - 1 : 0;
    l->n_passes += line->n_passes;
  }
}

static void
put_piece(struct layers_work* w, const struct layers_piece* piece)
{
  w->pieces[w->piece_starts[w->items[piece->left].column]++] = *piece;
}

// The pieces of one line; its passes become items.
static void
cut_line(const struct layers* l, const struct layers_line* line,
         struct layers_work* w)
{
  const struct layers_box* const from = &l->boxes[line->from];
  const struct layers_box* const to = &l->boxes[line->to];
  struct layers_piece piece = { .left = line->from,
                                .left_y = line->from_y - from->height / 2 };
  for (uint32_t i = 0; i < line->n_passes; ++i) {
    piece.right = l->n_boxes + line->first_pass + i;
    w->items[piece.right] = (struct layers_item){
      .column = from->column + 1 + i, .height = LAYERS_PASS_HEIGHT
    };
    put_piece(w, &piece);
    piece = (struct layers_piece){ .left = piece.right };
  }
  piece.right = line->to;
  piece.right_y = line->to_y - to->height / 2;
  put_piece(w, &piece);
}

// A counting sort: where the pieces of each column begin.
static void
cut_lines(const struct layers* l, struct layers_work* w)
{
  for (uint32_t i = 0; i < l->n_lines; ++i) {
    const uint32_t column = l->boxes[l->lines[i].from].column;
    for (uint32_t k = 0; k <= l->lines[i].n_passes; ++k) {
      ++w->piece_starts[column + k + 1];
      ++w->n_pieces;
    }
  }
  for (uint32_t c = 0; c < w->n_columns; ++c) {
    w->piece_starts[c + 1] += w->piece_starts[c];
  }
  for (uint32_t i = 0; i < l->n_lines; ++i) {
    cut_line(l, &l->lines[i], w);
  }
  // Each start has moved to the end of its column.
  for (uint32_t c = w->n_columns; c > 0; --c) {
    w->piece_starts[c] = w->piece_starts[c - 1];
  }
  w->piece_starts[0] = 0;
}

// A counting sort: within a column, in the order of the array.
static void
sort_items(struct layers_work* w)
{
  for (uint32_t i = 0; i < w->n_items; ++i) {
    ++w->starts[w->items[i].column + 1];
  }
  for (uint32_t c = 0; c < w->n_columns; ++c) {
    w->starts[c + 1] += w->starts[c];
  }
  for (uint32_t i = w->n_items; i > 0; --i) {
    struct layers_item* const item = &w->items[i - 1];
    w->sorted[--w->starts[item->column + 1]] = item;
  }
  // Each start has moved one to the left.
  for (uint32_t c = 0; c < w->n_columns; ++c) {
    w->starts[c] = w->starts[c + 1];
  }
  w->starts[w->n_columns] = w->n_items;
  for (uint32_t c = 0; c < w->n_columns; ++c) {
    for (uint32_t i = w->starts[c]; i < w->starts[c + 1]; ++i) {
      w->sorted[i]->rank = i - w->starts[c];
    }
  }
}

static enum status
make_work(const struct layers* l, struct layers_work* w)
{
  w->n_columns = l->n_columns;
  w->n_items = l->n_boxes + l->n_passes;
  w->items = mem_new_array(struct layers_item, w->n_items);
  w->pieces = mem_new_array(struct layers_piece,
                            (size_t)l->n_lines + l->n_passes);
  w->sorted = mem_new_array(struct layers_item*, w->n_items);
  w->starts = mem_new_array(uint32_t, (size_t)w->n_columns + 1);
  w->piece_starts = mem_new_array(uint32_t, (size_t)w->n_columns + 1);
  if (!w->items || !w->pieces || !w->sorted || !w->starts ||
      !w->piece_starts) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < l->n_boxes; ++i) {
    w->items[i].column = l->boxes[i].column;
    w->items[i].height = l->boxes[i].height;
  }
  cut_lines(l, w);
  sort_items(w);
  return STATUS_OK;
}

static void
free_work(struct layers_work* w)
{
  mem_free(w->items);
  mem_free(w->pieces);
  mem_free(w->sorted);
  mem_free(w->starts);
  mem_free(w->piece_starts);
}

static enum status
place_columns(struct layers* l)
{
  l->columns = mem_new_array(struct layers_column, l->n_columns);
  if (!l->columns) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < l->n_boxes; ++i) {
    struct layers_column* const c = &l->columns[l->boxes[i].column];
    c->width = l->boxes[i].width > c->width ? l->boxes[i].width : c->width;
  }
  for (uint32_t i = 0; i < l->n_lines; ++i) {
    struct layers_column* const c =
      &l->columns[l->boxes[l->lines[i].from].column];
    const double width = l->lines[i].label_width;
    c->label_width = width > c->label_width ? width : c->label_width;
  }
  for (uint32_t i = 0; i < l->n_columns; ++i) {
    struct layers_column* const c = &l->columns[i];
    c->x = l->width;
    l->width += c->width + (i + 1 < l->n_columns
                              ? c->label_width + LAYERS_BEND
                              : 0);
  }
  return STATUS_OK;
}

static double
find_top(const struct layers_work* w)
{
  double top = 0;
  for (uint32_t i = 0; i < w->n_items; ++i) {
    const double y = w->items[i].y - w->items[i].height / 2;
    top = !i || y < top ? y : top;
  }
  return top;
}

static void
take_heights(struct layers* l, const struct layers_work* w)
{
  const double top = find_top(w);
  for (uint32_t i = 0; i < l->n_boxes; ++i) {
    struct layers_box* const box = &l->boxes[i];
    const struct layers_column* const c = &l->columns[box->column];
    box->x = c->x;
    box->width = c->width;
    box->y = w->items[i].y - box->height / 2 - top;
    const double bottom = box->y + box->height;
    l->height = bottom > l->height ? bottom : l->height;
  }
  for (uint32_t i = 0; i < l->n_passes; ++i) {
    const struct layers_item* const item = &w->items[l->n_boxes + i];
    l->passes[i] = (struct layers_pass){ item->column, item->y - top };
    const double bottom = l->passes[i].y + item->height / 2;
    l->height = bottom > l->height ? bottom : l->height;
  }
}

enum status
layers_place(struct layers* layers)
{
  struct layers_work work = { 0 };
  if (!layers->n_boxes) {
    return STATUS_OK;
  }
  enum status st = choose_columns(layers);
  if (!st) {
    count_passes(layers);
    layers->passes = mem_new_array(struct layers_pass, layers->n_passes);
    st = layers->passes ? STATUS_OK : STATUS_NO_MEMORY;
  }
  if (!st) {
    st = make_work(layers, &work);
  }
  if (!st) {
    st = layers_rank(&work);
  }
  if (!st) {
    st = layers_level(&work);
  }
  if (!st) {
    st = place_columns(layers);
  }
  if (!st) {
    take_heights(layers, &work);
  }
  free_work(&work);
  return st;
}

void
layers_fini(struct layers* layers)
{
  mem_free(layers->passes);
  mem_free(layers->columns);
  layers->passes = NULL;
  layers->columns = NULL;
}
