// SPDX-License-Identifier: ISC
#include "picture.h"

#include "axes.h"
#include "colour.h"
#include "font.h"
#include "panels.h"
#include "ticks.h"

#include <stdio.h>
#include <string.h>

enum {
  WAVE_BAND_ALPHA = 34, // of marks
  SPECTRO_BAND_ALPHA = 13,
  EDGE_ALPHA = 190,
  LEAST_BAR_ALPHA = 90 // of a mark that nobody trusts
};

static const char NOTHING[] = "no audio";

// -- marks ------------------------------------------------------------------

/// A mark on the canvas.
struct place {
  int x;
  int w;
};

static int
place_of(const struct picture* p, const struct span* span,
         const struct mark* mark, struct place* out)
{
  const struct rect a = p->layout->panels;
  int begin = axes_x(a, span, mark->start);
  int end = axes_x(a, span, mark->end);
  if (mark->start > span->end || mark->end < span->start) {
    return 0;
  }
  begin = begin < a.x ? a.x : begin < a.x + a.w ? begin : a.x + a.w - 1;
  end = end > a.x + a.w ? a.x + a.w : end;
  *out = (struct place){ begin, end > begin ? end - begin : 1 };
  return 1;
}

static void
paint_band(struct canvas* c, struct place at, struct rect a, int alpha)
{
  canvas_fill(c, (struct rect){ at.x, a.y, at.w, a.h }, MARK, alpha);
  canvas_fill(c, (struct rect){ at.x, a.y, 1, a.h }, MARK, EDGE_ALPHA);
  if (at.w > 2) {
    canvas_fill(c, (struct rect){ at.x + at.w - 1, a.y, 1, a.h }, MARK,
                EDGE_ALPHA);
  }
}

// Gives where the text ends, or *free_from* when there was no room for it.
static int
paint_number(const struct picture* p, struct canvas* c, struct place at,
             const char* text, int free_from)
{
  const struct layout* const l = p->layout;
  const int w = font_width(text, l->size);
  int x = at.x + (at.w - w) / 2;
  x = x < l->strip.x ? l->strip.x : x;
  x = x + w > l->strip.x + l->strip.w ? l->strip.x + l->strip.w - w : x;
  if (x < free_from) {
    return free_from;
  }
  font_draw(c, x, l->strip.y, text, l->size, MARK);
  return x + w + layout_dots(l, 4);
}

static void
paint_bar(const struct picture* p, struct canvas* c, struct place at,
          double confidence)
{
  const struct layout* const l = p->layout;
  const int y = l->strip.y + layout_dots(l, FONT_DOTS_HIGH + 2);
  const int alpha =
    LEAST_BAR_ALPHA + (int)((OPAQUE - LEAST_BAR_ALPHA) * confidence);
  canvas_fill(c, (struct rect){ at.x, y, at.w, layout_dots(l, 3) }, MARK,
              alpha);
}

// The number with the label where that fits over the bar, else alone.
static int
paint_text(const struct picture* p, struct canvas* c, struct place at,
           size_t index, int free_from)
{
  const struct mark* const mark = &p->marks->all[index];
  char text[512];
  snprintf(text, sizeof text, "%zu  %s", index + 1,
           mark->label ? mark->label : "");
  if (!mark->label || font_width(text, p->layout->size) > at.w) {
    snprintf(text, sizeof text, "%zu", index + 1);
  }
  return paint_number(p, c, at, text, free_from);
}

static void
paint_marks(const struct picture* p, struct canvas* c, const struct span* span)
{
  int free_from = 0;
  for (size_t i = 0; i < p->marks->n; ++i) {
    struct place at;
    if (place_of(p, span, &p->marks->all[i], &at)) {
      paint_band(c, at, p->layout->wave, WAVE_BAND_ALPHA);
      paint_band(c, at, p->layout->spectro, SPECTRO_BAND_ALPHA);
      paint_bar(p, c, at, p->marks->all[i].confidence);
      free_from = paint_text(p, c, at, i, free_from);
    }
  }
}

// -- panels -----------------------------------------------------------------

static void
paint_wave(const struct picture* p, struct canvas* c)
{
  const struct rect a = p->layout->wave;
  const double peak = panels_peak(p->wave);
  const double limit = peak > 1e-6 ? ticks_above(peak) : 1.0;
  if (a.h > 0) {
    panels_wave(c, a, p->wave, limit);
    canvas_fill(c, (struct rect){ a.x, a.y + a.h / 2, a.w, 1 }, PAPER, 90);
    axes_amplitude(c, p->layout, limit);
  }
}

static int
paint_spectro(const struct picture* p, struct canvas* c)
{
  struct colour shades[N_SHADES];
  struct scale scale = { .range_db = p->range_db };
  if (!p->spectro) {
    return 1;
  }
  colour_shades(shades);
  if (!panels_spectro(c, p->layout->spectro, p->spectro, shades, &scale)) {
    return 0;
  }
  axes_frequency(c, p->layout, p->rate / 2.0);
  axes_levels(c, p->layout, shades, scale.top_db, scale.range_db);
  return 1;
}

static void
paint_frames(const struct picture* p, struct canvas* c)
{
  canvas_frame(c, p->layout->wave, 1, LINE, OPAQUE);
  canvas_frame(c, p->layout->spectro, 1, LINE, OPAQUE);
}

// -- header -----------------------------------------------------------------

// "2 channels, 44.1 kHz, 32.75 s"
static void
describe(const struct picture* p, char* out, size_t n_bytes)
{
  char kilohertz[TICK_BYTES];
  char length[TICK_BYTES];
  const double seconds = (double)p->wave->n_frames / p->rate;
  ticks_number(kilohertz, p->rate / 1000.0,
               p->rate % 1000 == 0 ? 1.0 : p->rate % 100 == 0 ? 0.1 : 0.001);
  ticks_time(length, seconds, seconds < 120.0 ? 0.01 : 1.0, seconds);
  snprintf(out, n_bytes, "%u channel%s, %s kHz, %s", p->n_channels,
           p->n_channels == 1 ? "" : "s", kilohertz, length);
}

static void
paint_header(const struct picture* p, struct canvas* c)
{
  const struct layout* const l = p->layout;
  const struct rect a = l->header;
  char text[128];
  describe(p, text, sizeof text);
  const int w = font_width(text, l->size);
  const int title = font_width(p->title, l->size);
  font_draw(c, a.x, a.y, p->title, l->size, BRIGHT);
  if (title + layout_dots(l, 12) + w <= a.w) {
    font_draw(c, a.x + a.w - w, a.y, text, l->size, DIM);
  }
}

static void
paint_nothing(const struct picture* p, struct canvas* c)
{
  const struct layout* const l = p->layout;
  const int size = l->size * 2;
  canvas_fill(c, l->panels, FLOOR, OPAQUE);
  canvas_frame(c, l->panels, 1, LINE, OPAQUE);
  font_draw(c, l->panels.x + (l->panels.w - font_width(NOTHING, size)) / 2,
            l->panels.y + (l->panels.h - font_pixels(FONT_DOTS_HIGH, size)) / 2,
            NOTHING, size, DIM);
}

int
picture_paint(const struct picture* p, struct canvas* c)
{
  const struct span span = {
    p->start, p->start + (double)p->wave->n_frames / p->rate
  };
  paint_header(p, c);
  if (!p->wave->n_frames) {
    paint_nothing(p, c);
    return 1;
  }
  canvas_fill(c, p->layout->wave, FLOOR, OPAQUE);
  axes_grid(c, p->layout, &span);
  paint_wave(p, c);
  if (!paint_spectro(p, c)) {
    return 0;
  }
  axes_time(c, p->layout, &span);
  paint_marks(p, c, &span);
  paint_frames(p, c);
  return 1;
}
