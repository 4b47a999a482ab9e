// SPDX-License-Identifier: ISC
#include "wave.h"

#include <stdlib.h>
#include <string.h>

int
wave_init(struct wave* w, uint32_t max_columns)
{
  w->max_columns = max_columns + max_columns % 2;
  w->columns = malloc(w->max_columns * sizeof *w->columns);
  wave_reset(w);
  return w->columns != NULL;
}

void
wave_fini(struct wave* w)
{
  free(w->columns);
  w->columns = NULL;
}

void
wave_reset(struct wave* w)
{
  w->n_columns = 0;
  w->hop = 1;
  w->n_frames = 0;
  memset(w->lanes, 0, sizeof w->lanes);
}

static struct wave_column
join(const struct wave_column* a, const struct wave_column* b)
{
  return (struct wave_column){
    .lo = a->lo < b->lo ? a->lo : b->lo,
    .hi = a->hi > b->hi ? a->hi : b->hi,
    .energy = a->energy + b->energy,
  };
}

static void
halve(struct wave* w)
{
  w->n_columns /= 2;
  w->hop *= 2;
  for (uint32_t i = 0; i < w->n_columns; ++i) {
    w->columns[i] = join(&w->columns[2 * i], &w->columns[2 * i + 1]);
  }
}

static void
begin_column(struct wave* w, float lo, float hi)
{
  if (w->n_columns == w->max_columns) {
    halve(w);
  }
  w->columns[w->n_columns++] = (struct wave_column){ lo, hi, 0.0 };
  memset(w->lanes, 0, sizeof w->lanes);
}

// Extremes in lanes, which a compiler turns into vectors.
static void
widen(struct wave_column* c, const float* lo, const float* hi, uint32_t n)
{
  float low[WAVE_LANES];
  float high[WAVE_LANES];
  uint32_t i = 0;
  for (uint32_t k = 0; k < WAVE_LANES; ++k) {
    low[k] = c->lo;
    high[k] = c->hi;
  }
  for (; i + WAVE_LANES <= n; i += WAVE_LANES) {
    for (uint32_t k = 0; k < WAVE_LANES; ++k) {
      low[k] = lo[i + k] < low[k] ? lo[i + k] : low[k];
      high[k] = hi[i + k] > high[k] ? hi[i + k] : high[k];
    }
  }
  for (; i < n; ++i) {
    low[0] = lo[i] < low[0] ? lo[i] : low[0];
    high[0] = hi[i] > high[0] ? hi[i] : high[0];
  }
  for (uint32_t k = 0; k < WAVE_LANES; ++k) {
    c->lo = low[k] < c->lo ? low[k] : c->lo;
    c->hi = high[k] > c->hi ? high[k] : c->hi;
  }
}

// A frame's lane is given by its place in the column, so that sums are made in
// the same order however the stream is cut.
static void
add_power(double* lanes, uint64_t place, const float* power, uint32_t n)
{
  uint32_t i = 0;
  for (; i < n && (place + i) % WAVE_LANES; ++i) {
    lanes[(place + i) % WAVE_LANES] += (double)power[i];
  }
  for (; i + WAVE_LANES <= n; i += WAVE_LANES) {
    for (uint32_t k = 0; k < WAVE_LANES; ++k) {
      lanes[k] += (double)power[i + k];
    }
  }
  for (; i < n; ++i) {
    lanes[(place + i) % WAVE_LANES] += (double)power[i];
  }
}

static void
end_column(struct wave* w)
{
  double sum = 0.0;
  for (uint32_t k = 0; k < WAVE_LANES; ++k) {
    sum += w->lanes[k];
  }
  w->columns[w->n_columns - 1].energy = sum;
}

void
wave_add(struct wave* w, const struct frames* f)
{
  for (uint32_t i = 0; i < f->n;) {
    if (w->n_frames == w->n_columns * w->hop) {
      begin_column(w, f->lo[i], f->hi[i]);
    }
    const uint64_t end = w->n_columns * w->hop;
    const uint64_t room = end - w->n_frames;
    const uint32_t n = f->n - i < room ? f->n - i : (uint32_t)room;
    widen(&w->columns[w->n_columns - 1], f->lo + i, f->hi + i, n);
    add_power(w->lanes, w->n_frames % w->hop, f->power + i, n);
    w->n_frames += n;
    i += n;
    end_column(w); // complete or not: it may be the last
  }
}

struct wave_column
wave_join(const struct wave* w, uint32_t first, uint32_t last)
{
  struct wave_column all = w->columns[first];
  for (uint32_t i = first + 1; i < last; ++i) {
    all = join(&all, &w->columns[i]);
  }
  return all;
}
