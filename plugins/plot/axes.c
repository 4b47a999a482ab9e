// SPDX-License-Identifier: ISC
#include "axes.h"

#include "colour.h"
#include "font.h"
#include "ticks.h"

#include <math.h>
#include <string.h>

enum { TICK = 3, TICK_GAP = 3, GRID_ALPHA = 90, MOST_TICKS = 18 };

static const double SLACK = 1e-6; // a tick this close to the end is on it

/// A vertical axis: what its ends mean, and how it is named.
struct axis {
  struct rect area;
  double bottom;
  double top;
  double step;
  const char* caption;
  int is_right; // texts to the right
};

static int
thick(const struct layout* l)
{
  const int n = layout_dots(l, 1) / 2;
  return n > 1 ? n : 1;
}

// The *index*-th tick of an axis. Counted, as adding 1 to a number that is very
// large does nothing.
static double
tick_at(double begin, double step, int index)
{
  return (ceil(begin / step - SLACK) + index) * step;
}

int
axes_x(struct rect a, const struct span* span, double seconds)
{
  const double part = (seconds - span->start) / (span->end - span->start);
  const double x = part * a.w;
  // A mark may lie anywhere.
  return a.x + (x < -1.0 ? -1 : x > a.w ? a.w : (int)floor(x));
}

// -- time -------------------------------------------------------------------

static int
n_time_texts(const struct layout* l, const struct span* span)
{
  char text[TICK_BYTES];
  ticks_time(text, span->end, (span->end - span->start) / 20.0, span->end);
  const int each = font_width(text, l->size) + layout_dots(l, 24);
  const int n = l->panels.w / each;
  return n < 1 ? 1 : n > 16 ? 16 : n;
}

static void
put_time(struct canvas* c, const struct layout* l, int x, const char* text)
{
  const struct rect a = l->panels;
  const int w = font_width(text, l->size);
  const int tick = layout_dots(l, TICK);
  const int left = x - w / 2;
  canvas_fill(c, (struct rect){ x, a.y + a.h, thick(l), tick }, LINE, OPAQUE);
  if (left + w <= c->width - layout_dots(l, 2)) {
    font_draw(c, left, a.y + a.h + tick + layout_dots(l, TICK_GAP), text,
              l->size, TEXT);
  }
}

static double
time_step(const struct layout* l, const struct span* span)
{
  return ticks_time_step(span->end - span->start, n_time_texts(l, span));
}

void
axes_grid(struct canvas* c, const struct layout* l, const struct span* span)
{
  const struct rect a = l->wave;
  const double step = time_step(l, span);
  for (int i = 0; i < MOST_TICKS; ++i) {
    const double at = tick_at(span->start, step, i);
    if (at <= span->end) {
      canvas_fill(c, (struct rect){ axes_x(a, span, at), a.y, 1, a.h }, LINE,
                  GRID_ALPHA);
    }
  }
}

void
axes_time(struct canvas* c, const struct layout* l, const struct span* span)
{
  const double step = time_step(l, span);
  char text[TICK_BYTES];
  for (int i = 0; i < MOST_TICKS; ++i) {
    const double at = tick_at(span->start, step, i);
    if (at <= span->end + step * SLACK) {
      ticks_time(text, at, step, span->end);
      put_time(c, l, axes_x(l->panels, span, at), text);
    }
  }
}

// -- vertical ---------------------------------------------------------------

static void
put_caption(struct canvas* c, const struct layout* l, const struct axis* axis)
{
  const struct rect a = axis->area;
  const int w = font_width(axis->caption, l->size);
  if (w <= a.h) {
    font_draw_up(c, l->left, a.y + (a.h + w) / 2 - 1, axis->caption, l->size,
                 DIM);
  }
}

static void
put_tick(struct canvas* c, const struct layout* l, const struct axis* axis,
         double value)
{
  const struct rect a = axis->area;
  const double part = (value - axis->bottom) / (axis->top - axis->bottom);
  const int y = a.y + (int)lround((1.0 - part) * (a.h - 1));
  const int tick = layout_dots(l, TICK);
  const int gap = tick + layout_dots(l, TICK_GAP);
  const int x = axis->is_right ? a.x + a.w : a.x - tick;
  char text[TICK_BYTES];
  ticks_number(text, value, axis->step);
  canvas_fill(c, (struct rect){ x, y - thick(l) / 2, tick, thick(l) }, LINE,
              OPAQUE);
  font_draw(c,
            axis->is_right ? a.x + a.w + gap
                           : a.x - gap - font_width(text, l->size),
            y - layout_dots(l, FONT_DOTS_HIGH) / 2, text, l->size, TEXT);
}

static void
put_axis(struct canvas* c, const struct layout* l, struct axis* axis)
{
  const int most = axis->area.h / layout_dots(l, FONT_DOTS_HIGH * 3);
  axis->step = ticks_step(axis->top - axis->bottom, most > 1 ? most : 1);
  for (int i = 0; i <= most; ++i) {
    const double at = tick_at(axis->bottom, axis->step, i);
    if (at <= axis->top + axis->step * SLACK) {
      put_tick(c, l, axis, at);
    }
  }
}

void
axes_amplitude(struct canvas* c, const struct layout* l, double limit)
{
  struct axis axis = { .area = l->wave, .bottom = -limit, .top = limit,
                       .caption = "amplitude" };
  put_axis(c, l, &axis);
  put_caption(c, l, &axis);
}

void
axes_frequency(struct canvas* c, const struct layout* l, double top_hz)
{
  struct axis axis = { .area = l->spectro, .top = top_hz / 1000.0,
                       .caption = "frequency (kHz)" };
  put_axis(c, l, &axis);
  put_caption(c, l, &axis);
}

void
axes_levels(struct canvas* c, const struct layout* l,
            const struct colour* shades, double top_db, double range_db)
{
  const struct rect a = l->bar;
  struct axis axis = { .area = a, .bottom = top_db - range_db, .top = top_db,
                       .is_right = 1 };
  for (int y = 0; y < a.h; ++y) {
    const int i = (a.h - 1 - y) * (N_SHADES - 1) / (a.h > 1 ? a.h - 1 : 1);
    canvas_fill(c, (struct rect){ a.x, a.y + y, a.w, 1 }, shades[i], OPAQUE);
  }
  put_axis(c, l, &axis);
  canvas_frame(c, a, 1, LINE, OPAQUE);
  font_draw(c, a.x, a.y - layout_dots(l, FONT_DOTS_HIGH + 6), "dBFS", l->size,
            DIM);
}
