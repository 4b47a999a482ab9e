// SPDX-License-Identifier: ISC
#include "layout.h"

#include "font.h"

// In dots of the text, so that all grows with the picture.
enum {
  MARGIN = 8,
  HEADER = FONT_DOTS_HIGH + 7,
  STRIP = FONT_DOTS_HIGH + 2 + 3 + 3, // number, gap, bar, gap
  LEFT = MARGIN + FONT_DOTS_HIGH + 40,
  RIGHT = MARGIN,
  BAR_GAP = 8,
  BAR = 7,
  BAR_TEXT = 30,
  BOTTOM = 3 + 3 + FONT_DOTS_HIGH + MARGIN,
  GAP = 10
};

// A dot for each 640 x 320 pixels, in quarters: text stays in proportion.
static int
text_size(int width, int height)
{
  const int by_width = width * FONT_QUARTERS / 760;
  const int by_height = height * FONT_QUARTERS / 340;
  const int size = by_width < by_height ? by_width : by_height;
  return size < FONT_QUARTERS ? FONT_QUARTERS : size;
}

int
layout_dots(const struct layout* l, int dots)
{
  return font_pixels(dots, l->size);
}

static void
place_panels(struct layout* l, enum view view)
{
  const struct rect all = l->panels;
  const int gap = view == VIEW_BOTH ? layout_dots(l, GAP) : 0;
  const int wave = view == VIEW_BOTH       ? (all.h - gap) * 3 / 10
                   : view == VIEW_WAVEFORM ? all.h
                                           : 0;
  const int used = wave + gap;
  l->wave = (struct rect){ all.x, all.y, all.w, wave };
  l->spectro = (struct rect){ all.x, all.y + used, all.w, all.h - used };
}

void
layout_make(struct layout* l, int width, int height, enum view view,
            int has_marks)
{
  l->size = text_size(width, height);
  l->left = layout_dots(l, MARGIN);
  const int x = layout_dots(l, LEFT);
  const int right = layout_dots(
    l, RIGHT + (view == VIEW_WAVEFORM ? MARGIN : BAR_GAP + BAR + BAR_TEXT));
  const int header_end = layout_dots(l, MARGIN + HEADER);
  const int strip = has_marks ? layout_dots(l, STRIP) : 0;
  const int y = header_end + strip;
  l->header = (struct rect){ x, l->left, width - x - right, header_end - l->left };
  l->strip = (struct rect){ x, header_end, width - x - right, strip };
  l->panels = (struct rect){ x, y, width - x - right,
                             height - y - layout_dots(l, BOTTOM) };
  place_panels(l, view);
  l->bar = (struct rect){ x + l->panels.w + layout_dots(l, BAR_GAP),
                          l->spectro.y, layout_dots(l, BAR), l->spectro.h };
}
