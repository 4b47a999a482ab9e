// SPDX-License-Identifier: ISC
#include "picture.h"

#include "axes.h"
#include "colour.h"
#include "font.h"
#include "overlay.h"
#include "panels.h"
#include "ticks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// Noise far below this should not fill the panel, and texts stay short.
static const double LEAST_LIMIT = 0.01;

static const char NOTHING[] = "no audio";

// -- panels -----------------------------------------------------------------

static void
paint_wave(const struct picture* p, struct canvas* c)
{
  const struct rect a = p->layout->wave;
  const double peak = panels_peak(p->wave);
  const double limit = peak > 0.0 ? ticks_above(fmax(peak, LEAST_LIMIT)) : 1.0;
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
  char title[1024];
  font_fit(title, sizeof title, p->title, l->size, a.w);
  font_draw(c, a.x, a.y, title, l->size, BRIGHT);
  if (font_width(title, l->size) + layout_dots(l, 12) + w <= a.w) {
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
  overlay_paint(c, p->layout, p->marks, &span);
  paint_frames(p, c);
  return 1;
}
