// SPDX-License-Identifier: ISC
#include "canvas.h"

#include <stdlib.h>

static uint8_t*
pixel(const struct canvas* c, int x, int y)
{
  return c->pixels + ((size_t)y * (size_t)c->width + (size_t)x) * 3;
}

static uint8_t
mix(uint8_t under, uint8_t over, int alpha)
{
  return (uint8_t)((over * alpha + under * (OPAQUE - alpha) + OPAQUE / 2) /
                   OPAQUE);
}

static void
paint(uint8_t* p, struct colour ink, int alpha)
{
  if (alpha == OPAQUE) {
    p[0] = ink.r;
    p[1] = ink.g;
    p[2] = ink.b;
    return;
  }
  p[0] = mix(p[0], ink.r, alpha);
  p[1] = mix(p[1], ink.g, alpha);
  p[2] = mix(p[2], ink.b, alpha);
}

int
canvas_init(struct canvas* c, int width, int height, struct colour paper)
{
  c->width = width;
  c->height = height;
  c->pixels = malloc((size_t)width * (size_t)height * 3);
  if (c->pixels) {
    canvas_fill(c, (struct rect){ 0, 0, width, height }, paper, OPAQUE);
  }
  return c->pixels != NULL;
}

void
canvas_fini(struct canvas* c)
{
  free(c->pixels);
  c->pixels = NULL;
}

void
canvas_dot(struct canvas* c, int x, int y, struct colour ink, int alpha)
{
  if (x >= 0 && y >= 0 && x < c->width && y < c->height) {
    paint(pixel(c, x, y), ink, alpha);
  }
}

static int
within(int value, int limit)
{
  return value < 0 ? 0 : value > limit ? limit : value;
}

void
canvas_fill(struct canvas* c, struct rect a, struct colour ink, int alpha)
{
  const int left = within(a.x, c->width);
  const int right = within(a.x + a.w, c->width);
  const int bottom = within(a.y + a.h, c->height);
  for (int y = within(a.y, c->height); y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      paint(pixel(c, x, y), ink, alpha);
    }
  }
}

void
canvas_frame(struct canvas* c, struct rect a, int thick, struct colour ink,
             int alpha)
{
  const int inner = a.h - 2 * thick;
  if (a.w <= 0 || a.h <= 0) {
    return;
  }
  canvas_fill(c, (struct rect){ a.x, a.y, a.w, thick }, ink, alpha);
  canvas_fill(c, (struct rect){ a.x, a.y + a.h - thick, a.w, thick }, ink,
              alpha);
  canvas_fill(c, (struct rect){ a.x, a.y + thick, thick, inner }, ink, alpha);
  canvas_fill(c, (struct rect){ a.x + a.w - thick, a.y + thick, thick, inner },
              ink, alpha);
}
