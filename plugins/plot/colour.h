// SPDX-License-Identifier: ISC
// The colours of the picture.
#ifndef PLOT_COLOUR_H
#define PLOT_COLOUR_H

#include "canvas.h"

static const struct colour PAPER = { 0x12, 0x14, 0x1b };
static const struct colour FLOOR = { 0x0b, 0x0c, 0x12 };  // of the panels
static const struct colour LINE = { 0x4a, 0x50, 0x60 };   // axes, frames
static const struct colour TEXT = { 0xc9, 0xce, 0xda };
static const struct colour BRIGHT = { 0xf4, 0xf6, 0xfb }; // title
static const struct colour DIM = { 0x8a, 0x91, 0xa3 };    // captions
static const struct colour WAVE = { 0x3d, 0x7f, 0xc4 };   // extremes
static const struct colour RMS = { 0x9c, 0xd0, 0xff };
static const struct colour MARK = { 0x4f, 0xe3, 0xa5 };

enum { N_SHADES = 256 };

/// From quiet to loud: each step looks equally large, and hues turn from blue
/// over red to yellow, so that the map also reads in grey.
void
colour_shades(struct colour* shades);

#endif
