// SPDX-License-Identifier: ISC
// Ranks and heights: an item goes where the lines from its neighbours want it.
#include "base/mem.h"
#include "report/layers_work.h"

#include <stdlib.h>

enum { SWEEPS = 12, MANY = 2000 };

enum side { LEFT, RIGHT };

static uint32_t
last_column(const struct layers_work* w)
{
  return w->n_columns - 1;
}

// Of lines to the same item, the one to its upper port belongs above.
static double
end_rank(const struct layers_item* item, double port_y)
{
  return item->rank + port_y / (item->height + 1);
}

static void
want_rank(struct layers_work* w, const struct layers_piece* p, enum side from)
{
  struct layers_item* const left = &w->items[p->left];
  struct layers_item* const right = &w->items[p->right];
  struct layers_item* const item = from == LEFT ? right : left;
  item->weight += 1;
  item->wanted += from == LEFT ? end_rank(left, p->left_y)
                               : end_rank(right, p->right_y);
}

static void
want_y(struct layers_work* w, const struct layers_piece* p, enum side from)
{
  struct layers_item* const left = &w->items[p->left];
  struct layers_item* const right = &w->items[p->right];
  struct layers_item* const item = from == LEFT ? right : left;
  item->weight += 1;
  item->wanted += from == LEFT ? left->y + p->left_y - p->right_y
                               : right->y + p->right_y - p->left_y;
}

// What the neighbours on one side of a column want from its items.
static void
collect(struct layers_work* w, uint32_t column, enum side from,
        void (*want)(struct layers_work*, const struct layers_piece*,
                     enum side))
{
  const uint32_t gap = from == LEFT ? column - 1 : column;
  for (uint32_t i = w->starts[column]; i < w->starts[column + 1]; ++i) {
    w->sorted[i]->wanted = 0;
    w->sorted[i]->weight = 0;
  }
  for (uint32_t i = w->piece_starts[gap]; i < w->piece_starts[gap + 1]; ++i) {
    want(w, &w->pieces[i], from);
  }
  for (uint32_t i = w->starts[column]; i < w->starts[column + 1]; ++i) {
    struct layers_item* const item = w->sorted[i];
    item->wanted = item->weight > 0      ? item->wanted / item->weight
                   : want == want_rank ? item->rank
                                         : item->y;
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
rank_column(struct layers_work* w, uint32_t column, enum side from)
{
  const uint32_t first = w->starts[column];
  const uint32_t n = w->starts[column + 1] - first;
  collect(w, column, from, want_rank);
  qsort(w->sorted + first, n, sizeof(struct layers_item*), compare_wanted);
  for (uint32_t i = 0; i < n; ++i) {
    w->sorted[first + i]->rank = i;
  }
}

static int
do_cross(const struct layers_work* w, const struct layers_piece* a,
         const struct layers_piece* b)
{
  const double left = end_rank(&w->items[a->left], a->left_y) -
                      end_rank(&w->items[b->left], b->left_y);
  const double right = end_rank(&w->items[a->right], a->right_y) -
                       end_rank(&w->items[b->right], b->right_y);
  return left * right < 0;
}

// In a crowd nobody counts: then the last ranks are as good as any.
static uint32_t
count_crossings(const struct layers_work* w)
{
  uint32_t n = 0;
  for (uint32_t c = 0; w->n_pieces <= MANY && c < w->n_columns; ++c) {
    for (uint32_t i = w->piece_starts[c]; i < w->piece_starts[c + 1]; ++i) {
      for (uint32_t k = w->piece_starts[c]; k < i; ++k) {
        n += (uint32_t)do_cross(w, &w->pieces[i], &w->pieces[k]);
      }
    }
  }
  return n;
}

static void
sort_by_rank(struct layers_work* w)
{
  for (uint32_t i = 0; i < w->n_items; ++i) {
    struct layers_item* const item = &w->items[i];
    w->sorted[w->starts[item->column] + item->rank] = item;
  }
}

static void
sweep_ranks(struct layers_work* w, enum side from)
{
  for (uint32_t i = 0; i < last_column(w); ++i) {
    rank_column(w, from == LEFT ? i + 1 : last_column(w) - 1 - i, from);
  }
}

enum status
layers_rank(struct layers_work* work)
{
  uint32_t* const best = mem_new_array(uint32_t, work->n_items);
  uint32_t fewest = UINT32_MAX;
  if (!best) {
    return STATUS_NO_MEMORY;
  }
  for (int sweep = 0; sweep < SWEEPS; ++sweep) {
    const uint32_t n = count_crossings(work);
    for (uint32_t i = 0; n <= fewest && i < work->n_items; ++i) {
      best[i] = work->items[i].rank;
    }
    fewest = n < fewest ? n : fewest;
    sweep_ranks(work, sweep % 2 ? RIGHT : LEFT);
  }
  for (uint32_t i = 0; i < work->n_items; ++i) {
    work->items[i].rank = best[i];
  }
  sort_by_rank(work);
  mem_free(best);
  return STATUS_OK;
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

static void
sweep_levels(struct layers_work* w, enum side from, struct group* groups)
{
  for (uint32_t i = 0; i < last_column(w); ++i) {
    const uint32_t column = from == LEFT ? i + 1 : last_column(w) - 1 - i;
    collect(w, column, from, want_y);
    level_column(w, column, groups);
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
    sweep_levels(work, sweep % 2 ? RIGHT : LEFT, groups);
  }
  mem_free(groups);
  return STATUS_OK;
}
