// SPDX-License-Identifier: ISC
#include "panels.h"

#include "colour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float QUIETEST = 1e-20f; // -200 dB stands for nothing at all
static const double TOP_STEP_DB = 5.0;

// -- waveform ---------------------------------------------------------------

double
panels_peak(const struct wave* w)
{
  const struct wave_column all = wave_join(w, 0, w->n_columns);
  return fmax(0.0, fmax((double)all.hi, -(double)all.lo));
}

/// How amplitudes become rows.
struct rows {
  double middle;
  double each; // of one unit
};

static int
row_of(const struct rows* r, double value)
{
  return (int)floor(r->middle - value * r->each);
}

static void
draw_span(struct canvas* c, int x, int top, int bottom, struct colour ink)
{
  canvas_fill(c, (struct rect){ x, top, 1, bottom - top + 1 }, ink, OPAQUE);
}

// Neighbours touch, so that few frames are a line and not loose dots.
static struct wave_column
reach(struct wave_column now, const struct wave_column* before)
{
  now.lo = fminf(now.lo, before->hi);
  now.hi = fmaxf(now.hi, before->lo);
  return now;
}

static double
rms_of(const struct wave* w, uint32_t first, uint32_t last, double energy)
{
  const uint64_t begin = first * w->hop;
  const uint64_t end = last * w->hop < w->n_frames ? last * w->hop : w->n_frames;
  return sqrt(energy / (double)(end - begin));
}

void
panels_wave(struct canvas* c, struct rect a, const struct wave* w, double limit)
{
  const struct rows rows = { a.y + a.h / 2.0, (a.h / 2.0 - 1.0) / limit };
  const double columns_per_pixel =
    (double)w->n_frames / (double)w->hop / (double)a.w;
  struct wave_column before = w->columns[0];
  for (int x = 0; x < a.w; ++x) {
    uint32_t first = (uint32_t)(x * columns_per_pixel);
    first = first < w->n_columns ? first : w->n_columns - 1;
    uint32_t last = (uint32_t)ceil((x + 1) * columns_per_pixel);
    last = last <= first ? first + 1 : last < w->n_columns ? last : w->n_columns;
    const struct wave_column own = wave_join(w, first, last);
    const struct wave_column now = reach(own, &before);
    const double rms = rms_of(w, first, last, own.energy);
    draw_span(c, a.x + x, row_of(&rows, (double)now.hi),
              row_of(&rows, (double)now.lo), WAVE);
    if (columns_per_pixel * (double)w->hop >= 8.0) { // else it means little
      draw_span(c, a.x + x, row_of(&rows, fmin(rms, (double)now.hi)),
                row_of(&rows, fmax(-rms, (double)now.lo)), RMS);
    }
    before = own;
  }
}

// -- spectrogram ------------------------------------------------------------

/// A column of the picture while it is made.
struct brush {
  const struct spectro* spectro;
  double columns_per_pixel;
  float* rows; // levels of the spectrogram's rows
  float* image; // of h levels each, from low frequencies up
  int h;
};

// Many columns on a pixel: their mean, by how much of each lies on it.
static void
take_mean(const struct brush* b, int x)
{
  const struct spectro* const s = b->spectro;
  const double begin = x * b->columns_per_pixel;
  const double end = fmin(begin + b->columns_per_pixel, s->n_columns);
  for (uint32_t i = (uint32_t)begin; i < end && i < s->n_columns; ++i) {
    const double part = fmin(end, i + 1) - fmax(begin, i);
    spectro_take(s, i, (float)(part / (end - begin)), b->rows);
  }
}

// Many pixels on a column: a slope from the middle of one to that of the next.
static void
take_between(const struct brush* b, int x)
{
  const struct spectro* const s = b->spectro;
  const double at = fmax(0.0, (x + 0.5) * b->columns_per_pixel - 0.5);
  const uint32_t last = s->n_columns - 1;
  const uint32_t i = at < last ? (uint32_t)at : last;
  const double part = i < last ? at - i : 0.0;
  spectro_take(s, i, (float)(1.0 - part), b->rows);
  if (part > 0.0) {
    spectro_take(s, i + 1, (float)part, b->rows);
  }
}

// The logarithm to base 2 is the fastest.
static void
to_decibels(float* x, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    x[i] = 3.01029996f * log2f(x[i] > QUIETEST ? x[i] : QUIETEST);
  }
}

// Fewer bins than rows: a slope from bin to bin.
static void
stretch(const struct brush* b, float* out)
{
  const double top = b->spectro->size / 2.0;
  const uint32_t last = b->spectro->n_rows - 1;
  for (int y = 0; y < b->h; ++y) {
    const double at = (y + 0.5) * top / b->h;
    const uint32_t i = at < last ? (uint32_t)at : last;
    const float part = i < last ? (float)(at - i) : 0.0f;
    const float next = b->rows[i < last ? i + 1 : last];
    out[y] = b->rows[i] + part * (next - b->rows[i]);
  }
}

static void
make_column(const struct brush* b, int x)
{
  const struct spectro* const s = b->spectro;
  float* const out = b->image + (size_t)x * (size_t)b->h;
  memset(b->rows, 0, s->n_rows * sizeof *b->rows);
  if (b->columns_per_pixel >= 1.0) {
    take_mean(b, x);
  } else {
    take_between(b, x);
  }
  to_decibels(b->rows, s->n_rows);
  if (s->n_rows < s->n_bins) {
    memcpy(out, b->rows, s->n_rows * sizeof *out);
  } else {
    stretch(b, out);
  }
}

static double
top_of(const float* levels, size_t n)
{
  float top = -200.0f;
  for (size_t i = 0; i < n; ++i) {
    top = levels[i] > top ? levels[i] : top;
  }
  return top <= -199.0f ? 0.0
                        : TOP_STEP_DB * ceil((double)top / TOP_STEP_DB - 0.01);
}

static void
show(struct canvas* c, struct rect a, const float* image,
     const struct colour* shades, const struct scale* scale)
{
  const float bottom = (float)(scale->top_db - scale->range_db);
  const float each = (float)((N_SHADES - 1) / scale->range_db);
  for (int y = 0; y < a.h; ++y) {
    for (int x = 0; x < a.w; ++x) {
      const float level = image[(size_t)x * (size_t)a.h + (size_t)y];
      const float shade = (level - bottom) * each + 0.5f;
      const int i = shade <= 0.0f        ? 0
                    : shade >= N_SHADES ? N_SHADES - 1
                                        : (int)shade;
      canvas_dot(c, a.x + x, a.y + a.h - 1 - y, shades[i], OPAQUE);
    }
  }
}

int
panels_spectro(struct canvas* c, struct rect a, const struct spectro* s,
               const struct colour* shades, struct scale* scale)
{
  const size_t n_levels = (size_t)a.w * (size_t)a.h;
  struct brush b = { .spectro = s, .h = a.h };
  b.columns_per_pixel = (double)s->n_frames / (double)s->hop / a.w;
  b.rows = malloc(s->n_rows * sizeof *b.rows);
  b.image = malloc(n_levels * sizeof *b.image);
  const int is_made = b.rows && b.image;
  if (is_made) {
    for (int x = 0; x < a.w; ++x) {
      make_column(&b, x);
    }
    scale->top_db = top_of(b.image, n_levels);
    show(c, a, b.image, shades, scale);
  }
  free(b.rows);
  free(b.image);
  return is_made;
}
