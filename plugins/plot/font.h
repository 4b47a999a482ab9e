// SPDX-License-Identifier: ISC
// Text: a face of 5 x 7 dots, drawn at any size with its corners smoothed.
//
// Sizes are in quarters of a pixel a dot: 4 draws a dot as a pixel, 8 as two
// by two. Text is UTF-8; what is not ASCII shows as a box, once a character.
#ifndef PLOT_FONT_H
#define PLOT_FONT_H

#include "canvas.h"

#include <stddef.h>

enum { FONT_QUARTERS = 4, FONT_DOTS_HIGH = 7 };

/// Pixels of *dots* dots at *size*, rounded.
int
font_pixels(int dots, int size);

/// Pixels from the first to the last dot of a line.
int
font_width(const char* text, int size);

/// As much of *text* as fits into *width*, with dots for what does not.
void
font_fit(char* out, size_t n_bytes, const char* text, int size, int width);

/// The upper left corner of its capitals at x, y; tails hang two dots lower.
void
font_draw(struct canvas* canvas,
          int x,
          int y,
          const char* text,
          int size,
          struct colour ink);

/// The same, read from below: x, y is where it begins, with the tops of its
/// capitals at x.
void
font_draw_up(struct canvas* canvas,
             int x,
             int y,
             const char* text,
             int size,
             struct colour ink);

#endif
