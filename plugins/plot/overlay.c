// SPDX-License-Identifier: ISC
#include "overlay.h"

#include "colour.h"
#include "font.h"
#include "ports.h"

#include <stdio.h>
#include <string.h>

enum {
  WAVE_BAND_ALPHA = 34,
  SPECTRO_BAND_ALPHA = 13,
  EDGE_ALPHA = 190,
  LEAST_BAR_ALPHA = 90, // of a mark that nobody trusts
  BAR_DOTS = 3,
  BAR_GAP_DOTS = 2, // between number and bar
  TEXT_BYTES = 512
};

/// What is over each column of the panels. Marks that overlap count once.
struct cover {
  uint8_t band[PLOT_MAX_WIDTH];
  uint8_t edge[PLOT_MAX_WIDTH];
  uint8_t bar[PLOT_MAX_WIDTH]; // its alpha
};

/// A mark on the canvas.
struct place {
  int x;
  int w;
};

// 0 when it lies outside.
static int
place_of(const struct mark* mark, struct rect a, const struct span* span,
         struct place* out)
{
  if (mark->start > span->end || mark->end < span->start) {
    return 0;
  }
  const int first = axes_x(a, span, mark->start);
  const int end = axes_x(a, span, mark->end);
  const int last = end < a.x + a.w ? end : a.x + a.w;
  out->x = first < a.x ? a.x : first < a.x + a.w ? first : a.x + a.w - 1;
  out->w = last > out->x ? last - out->x : 1;
  return 1;
}

static void
add(struct cover* cover, int x, int w, double confidence)
{
  const int alpha =
    LEAST_BAR_ALPHA + (int)((OPAQUE - LEAST_BAR_ALPHA) * confidence);
  memset(cover->band + x, 1, (size_t)w);
  cover->edge[x] = 1;
  cover->edge[x + w - 1] = 1;
  for (int i = x; i < x + w; ++i) {
    cover->bar[i] = (uint8_t)(cover->bar[i] > alpha ? cover->bar[i] : alpha);
  }
}

static void
paint_column(struct canvas* c, int x, struct rect a, int alpha, int is_edge)
{
  const struct rect column = { x, a.y, 1, a.h };
  canvas_fill(c, column, MARK, alpha);
  if (is_edge) {
    canvas_fill(c, column, MARK, EDGE_ALPHA);
  }
}

static void
paint_cover(struct canvas* c, const struct layout* l, const struct cover* cover)
{
  const int y =
    l->strip.y + layout_dots(l, FONT_DOTS_HIGH) + layout_dots(l, BAR_GAP_DOTS);
  for (int i = 0; i < l->panels.w; ++i) {
    const int x = l->panels.x + i;
    if (cover->band[i]) {
      paint_column(c, x, l->wave, WAVE_BAND_ALPHA, cover->edge[i]);
      paint_column(c, x, l->spectro, SPECTRO_BAND_ALPHA, cover->edge[i]);
      canvas_fill(c, (struct rect){ x, y, 1, layout_dots(l, BAR_DOTS) }, MARK,
                  cover->bar[i]);
    }
  }
}

// The number, and of the label what fits over the bar.
static void
text_of(char text[TEXT_BYTES], const struct layout* l, const struct mark* mark,
        size_t index, int width)
{
  char number[24];
  char whole[TEXT_BYTES];
  snprintf(number, sizeof number, "%zu", index + 1);
  snprintf(whole, sizeof whole, "%s  %s", number,
           mark->label ? mark->label : "");
  font_fit(text, TEXT_BYTES, whole, l->size, width);
  // Dots after the number alone would say nothing.
  if (!mark->label || strncmp(text, whole, strlen(number) + 3) != 0) {
    strcpy(text, number);
  }
}

// Over the middle of its bar, within the strip. Gives from where on the next
// may stand; a text for which there is no room is left out.
static int
paint_text(struct canvas* c, const struct layout* l, struct place at,
           const char* text, int free_from)
{
  const int w = font_width(text, l->size);
  const int last = l->strip.x + l->strip.w - w;
  int x = at.x + (at.w - w) / 2;
  x = x < l->strip.x ? l->strip.x : x > last ? last : x;
  if (x < free_from) {
    return free_from;
  }
  font_draw(c, x, l->strip.y, text, l->size, MARK);
  return x + w + layout_dots(l, 4);
}

void
overlay_paint(struct canvas* c, const struct layout* l,
              const struct marks* marks, const struct span* span)
{
  struct cover cover = { 0 };
  int free_from = 0;
  for (size_t i = 0; i < marks->n; ++i) {
    const struct mark* const mark = &marks->all[i];
    struct place at;
    if (place_of(mark, l->panels, span, &at)) {
      char text[TEXT_BYTES];
      add(&cover, at.x - l->panels.x, at.w, mark->confidence);
      text_of(text, l, mark, i, at.w);
      free_from = paint_text(c, l, at, text, free_from);
    }
  }
  paint_cover(c, l, &cover);
}
