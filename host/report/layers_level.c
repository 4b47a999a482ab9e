// SPDX-License-Identifier: ISC
// Ranks and heights: an item goes where the lines from its neighbours want it.
#include "base/mem.h"
#include "report/layers_work.h"

#include <stdlib.h>

enum { SWEEPS = 12 };

enum side { LEFT, RIGHT };

static double
value_of(const struct layers_item* item, int by_rank)
{
  return by_rank ? item->rank : item->y;
}

// Of lines to the same item, the one to its upper port belongs above.
static double
rank_of_end(const struct layers_item* item, double port_y)
{
  return item->rank + port_y / (item->height + 1);
}

// What the items on one side of the pieces want from those on the other.
static void
collect(struct layers_work* w, enum side from, int by_rank)
{
  for (uint32_t i = 0; i < w->n_items; ++i) {
    w->items[i].wanted = 0;
    w->items[i].weight = 0;
  }
  for (uint32_t i = 0; i < w->n_pieces; ++i) {
    const struct layers_piece* const p = &w->pieces[i];
    struct layers_item* const left = &w->items[p->left];
    struct layers_item* const right = &w->items[p->right];
    struct layers_item* const item = from == LEFT ? right : left;
    item->weight += 1;
    if (by_rank) {
      item->wanted += from == LEFT ? rank_of_end(left, p->left_y)
                                   : rank_of_end(right, p->right_y);
    } else {
      item->wanted += from == LEFT ? left->y + p->left_y - p->right_y
                                   : right->y + p->right_y - p->left_y;
    }
  }
  for (uint32_t i = 0; i < w->n_items; ++i) {
    struct layers_item* const item = &w->items[i];
    item->wanted = item->weight > 0 ? item->wanted / item->weight
                                    : value_of(item, by_rank);
  }
}

static int
compare_wanted(const void* a, const void* b)
{
  const struct layers_item* const x = *(struct layers_item* const*)a;
  const struct layers_item* const y = *(struct layers_item* const*)b;
  return x->wanted != y->wanted ? (x->wanted > y->wanted) * 2 - 1
                                : (x->rank > y->rank) - (x->rank < y->rank);
}

static void
rank_column(struct layers_work* w, uint32_t column)
{
  const uint32_t first = w->starts[column];
  const uint32_t n = w->starts[column + 1] - first;
  qsort(w->sorted + first, n, sizeof(struct layers_item*), compare_wanted);
  for (uint32_t i = 0; i < n; ++i) {
    w->sorted[first + i]->rank = i;
  }
}

void
layers_rank(struct layers_work* work)
{
  for (int sweep = 0; sweep < SWEEPS; ++sweep) {
    collect(work, sweep % 2 ? RIGHT : LEFT, 1);
    for (uint32_t i = 0; i < work->n_columns; ++i) {
      rank_column(work, i);
    }
  }
}

// Neighbours that would overlap move as one, to the mean of what they want.
struct group {
  double sum;
  uint32_t n;
  uint32_t first;
};

static double
mean(const struct group* g)
{
  return g->sum / g->n;
}

static double
distance(const struct layers_item* a, const struct layers_item* b)
{
  return (a->height + b->height) / 2 + LAYERS_ROW_GAP;
}

static void
level_column(struct layers_work* w, uint32_t column, struct group* groups)
{
  struct layers_item** const items = w->sorted + w->starts[column];
  const uint32_t n = w->starts[column + 1] - w->starts[column];
  uint32_t n_groups = 0;
  double offset = 0; // of an item from the first, when they stand close
  for (uint32_t i = 0; i < n; ++i) {
    offset += i ? distance(items[i - 1], items[i]) : 0;
    groups[n_groups++] = (struct group){ items[i]->wanted - offset, 1, i };
    while (n_groups > 1 &&
           mean(&groups[n_groups - 2]) > mean(&groups[n_groups - 1])) {
      --n_groups;
      groups[n_groups - 1].sum += groups[n_groups].sum;
      groups[n_groups - 1].n += groups[n_groups].n;
    }
  }
  offset = 0;
  for (uint32_t g = 0, i = 0; g < n_groups; ++g) {
    for (; i < groups[g].first + groups[g].n; ++i) {
      offset += i ? distance(items[i - 1], items[i]) : 0;
      items[i]->y = mean(&groups[g]) + offset;
    }
  }
}

static void
stack_columns(struct layers_work* w)
{
  for (uint32_t c = 0; c < w->n_columns; ++c) {
    for (uint32_t i = w->starts[c] + 1; i < w->starts[c + 1]; ++i) {
      w->sorted[i]->y =
        w->sorted[i - 1]->y + distance(w->sorted[i - 1], w->sorted[i]);
    }
  }
}

enum status
layers_level(struct layers_work* work)
{
  struct group* const groups = mem_new_array(struct group, work->n_items);
  if (!groups) {
    return STATUS_NO_MEMORY;
  }
  stack_columns(work);
  for (int sweep = 0; sweep < SWEEPS; ++sweep) {
    collect(work, sweep % 2 ? RIGHT : LEFT, 0);
    for (uint32_t i = 0; i < work->n_columns; ++i) {
      level_column(work, i, groups);
    }
  }
  mem_free(groups);
  return STATUS_OK;
}
