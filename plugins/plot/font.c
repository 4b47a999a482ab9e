// SPDX-License-Identifier: ISC
#include "font.h"

#include "glyphs.h"

#include <string.h>

enum {
  DOTS_WIDE = 5,
  HANG_DOTS = 2,
  SPACE_DOTS = 3,
  FINE = 4, // a dot becomes so many by so many when corners are smoothed
  FINE_WIDE = DOTS_WIDE * FINE,
  FINE_HIGH = FONT_DOTS_HIGH * FINE
};

/// Dots or parts of dots, set or not.
struct grid {
  int w;
  int h;
  uint8_t at[FINE_HIGH][FINE_WIDE];
};

static int
get(const struct grid* g, int x, int y)
{
  return x >= 0 && y >= 0 && x < g->w && y < g->h && g->at[y][x];
}

// Twice the size: a quarter takes the colour of the two neighbours at its
// corner where they agree and the other two do not, so that stairs become
// slopes.
static void
smooth(const struct grid* from, struct grid* to)
{
  to->w = from->w * 2;
  to->h = from->h * 2;
  for (int y = 0; y < to->h; ++y) {
    for (int x = 0; x < to->w; ++x) {
      const int cx = x / 2;
      const int cy = y / 2;
      const int dx = x % 2 ? 1 : -1;
      const int dy = y % 2 ? 1 : -1;
      const int side = get(from, cx + dx, cy);
      const int end = get(from, cx, cy + dy);
      const int is_corner = side == end && side != get(from, cx - dx, cy) &&
                            end != get(from, cx, cy - dy);
      to->at[y][x] = (uint8_t)(is_corner ? side : get(from, cx, cy));
    }
  }
}

static void
load(int glyph, struct grid* out)
{
  struct grid dots = { .w = DOTS_WIDE, .h = FONT_DOTS_HIGH };
  struct grid middle;
  for (int y = 0; y < FONT_DOTS_HIGH; ++y) {
    for (int x = 0; x < DOTS_WIDE; ++x) {
      dots.at[y][x] = glyphs[glyph][y] >> (DOTS_WIDE - 1 - x) & 1;
    }
  }
  smooth(&dots, &middle);
  smooth(&middle, out);
}

// The next character; bytes that only continue one are passed over.
static int
next(const char** text)
{
  const unsigned char c = (unsigned char)*(*text)++;
  while (((unsigned char)**text & 0xc0) == 0x80) {
    ++*text;
  }
  return (c >= GLYPH_FIRST && c <= GLYPH_LAST ? c : GLYPH_OTHER) - GLYPH_FIRST;
}

/// The columns of dots that a character takes.
struct extent {
  int first;
  int n;
};

// Digits are all as wide as the face, so that numbers do not jump.
static struct extent
extent(int glyph)
{
  const int c = glyph + GLYPH_FIRST;
  unsigned ink = 0;
  for (int y = 0; y < FONT_DOTS_HIGH; ++y) {
    ink |= glyphs[glyph][y];
  }
  if (!ink) {
    return (struct extent){ 0, SPACE_DOTS };
  }
  if (c >= '0' && c <= '9') {
    return (struct extent){ 0, DOTS_WIDE };
  }
  int first = 0;
  int last = DOTS_WIDE - 1;
  while (!(ink & 0x10u >> first)) {
    ++first;
  }
  while (!(ink & 0x10u >> last)) {
    --last;
  }
  return (struct extent){ first, last - first + 1 };
}

int
font_pixels(int dots, int size)
{
  return (dots * size + FONT_QUARTERS / 2) / FONT_QUARTERS;
}

int
font_width(const char* text, int size)
{
  int dots = -1;
  while (*text) {
    dots += extent(next(&text)).n + 1;
  }
  return dots > 0 ? font_pixels(dots, size) : 0;
}

void
font_fit(char* out, size_t n_bytes, const char* text, int size, int width)
{
  static const char dots[] = "...";
  size_t n = strlen(text);
  n = n < n_bytes ? n : n_bytes - 1;
  memcpy(out, text, n);
  out[n] = '\0';
  if (n == strlen(text) && font_width(out, size) <= width) {
    return;
  }
  n = n < n_bytes - sizeof dots ? n : n_bytes - sizeof dots;
  do {
    while (n && ((unsigned char)text[n] & 0xc0) == 0x80) {
      --n; // not within a character
    }
    memcpy(out + n, dots, sizeof dots);
  } while (font_width(out, size) > width && n-- > 0);
}

/// Where text goes: along x, or up along y.
struct pen {
  struct canvas* canvas;
  int x;
  int y;
  int size;
  int is_up;
  struct colour ink;
};

// How much of a pixel a character covers, of FINE x FINE samples; *first* is
// its first column of dots.
static int
coverage(const struct grid* g, int first, int x, int y, int size)
{
  int n = 0;
  for (int i = 0; i < FINE; ++i) {
    for (int j = 0; j < FINE; ++j) {
      n += get(g, first * FINE + (x * FINE + j) * FINE / size,
               (y * FINE + i) * FINE / size);
    }
  }
  return n;
}

// *along* is where it begins on the line, in dots.
static void
draw_glyph(const struct pen* pen, int glyph, int along, int down)
{
  const int first = extent(glyph).first;
  struct grid g;
  const int left = font_pixels(along, pen->size);
  const int top = font_pixels(down, pen->size);
  const int w = font_pixels(DOTS_WIDE, pen->size) + 1;
  const int h = font_pixels(FONT_DOTS_HIGH, pen->size) + 1;
  load(glyph, &g);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int n = coverage(&g, first, x, y, pen->size);
      const int u = left + x;
      const int v = top + y;
      if (n) {
        canvas_dot(pen->canvas, pen->x + (pen->is_up ? v : u),
                   pen->y + (pen->is_up ? -u : v), pen->ink,
                   n * OPAQUE / (FINE * FINE));
      }
    }
  }
}

static void
draw(const struct pen* pen, const char* text)
{
  int along = 0;
  while (*text) {
    const int glyph = next(&text);
    const int hangs = strchr(GLYPHS_THAT_HANG, glyph + GLYPH_FIRST) != NULL;
    draw_glyph(pen, glyph, along, hangs ? HANG_DOTS : 0);
    along += extent(glyph).n + 1;
  }
}

void
font_draw(struct canvas* canvas, int x, int y, const char* text, int size,
          struct colour ink)
{
  draw(&(struct pen){ canvas, x, y, size, 0, ink }, text);
}

void
font_draw_up(struct canvas* canvas, int x, int y, const char* text, int size,
             struct colour ink)
{
  draw(&(struct pen){ canvas, x, y, size, 1, ink }, text);
}
