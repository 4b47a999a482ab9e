// SPDX-License-Identifier: ISC
#include "layout.h"

#include <rill/helpers.h>

enum {
  FL = RILL_CH_FL,
  FR = RILL_CH_FR,
  FC = RILL_CH_FC,
  LFE = RILL_CH_LFE,
  BL = RILL_CH_BL,
  BR = RILL_CH_BR,
  FLC = RILL_CH_FLC,
  FRC = RILL_CH_FRC,
  BC = RILL_CH_BC,
  SL = RILL_CH_SL,
  SR = RILL_CH_SR
};

static const float ONE = 1.0f;
static const float LESS_3DB = 0.70710678f; // half the power
static const float HALF = 0.5f;

const char* const layout_names[LAYOUT_NAMES] = {
  "auto", "mono", "stereo", "2.1", "quad", "5.0", "5.1", "7.1"
};

static const uint64_t layouts[LAYOUT_NAMES] = {
  0,
  FC,
  FL | FR,
  FL | FR | LFE,
  FL | FR | BL | BR,
  FL | FR | FC | BL | BR,
  FL | FR | FC | LFE | BL | BR,
  FL | FR | FC | LFE | BL | BR | SL | SR,
};

// What files with so many channels mean when they do not say; 3 and 7 are too
// often something else.
static const uint64_t usual[] = {
  0,
  FC,
  FL | FR,
  0,
  FL | FR | BL | BR,
  FL | FR | FC | BL | BR,
  FL | FR | FC | LFE | BL | BR,
  0,
  FL | FR | FC | LFE | BL | BR | SL | SR,
};

// Where a channel goes that has no place of its own: the first row whose
// places are all there. ITU-R BS.775-3, table 2, and the same idea for the
// channels that it does not have. LFE has no row: it is left out.
static const struct {
  uint32_t from;
  uint32_t to;
  const float* level;
} folds[] = {
  { FC, FL | FR, &LESS_3DB }, { FL, FC, &LESS_3DB },
  { FR, FC, &LESS_3DB },

  { SL, BL, &ONE },           { SL, BC, &LESS_3DB },
  { SL, FL, &LESS_3DB },      { SL, FC, &HALF },
  { SR, BR, &ONE },           { SR, BC, &LESS_3DB },
  { SR, FR, &LESS_3DB },      { SR, FC, &HALF },

  { BL, SL, &ONE },           { BL, BC, &LESS_3DB },
  { BL, FL, &LESS_3DB },      { BL, FC, &HALF },
  { BR, SR, &ONE },           { BR, BC, &LESS_3DB },
  { BR, FR, &LESS_3DB },      { BR, FC, &HALF },

  { BC, BL | BR, &LESS_3DB }, { BC, SL | SR, &LESS_3DB },
  { BC, FL | FR, &HALF },     { BC, FC, &HALF },

  { FLC, FL, &ONE },          { FLC, FC, &LESS_3DB },
  { FRC, FR, &ONE },          { FRC, FC, &LESS_3DB },
};

static uint32_t
count(uint64_t layout)
{
  uint32_t n = 0;
  for (; layout; layout &= layout - 1) {
    ++n;
  }
  return n;
}

struct shape
layout_shape(uint32_t name)
{
  return (struct shape){ layouts[name], count(layouts[name]), 0 };
}

struct shape
layout_guess(uint64_t layout, uint32_t n)
{
  if (count(layout) != n) {
    layout = n < RILL_COUNT(usual) ? usual[n] : 0;
  }
  return (struct shape){ layout, n, 0 };
}

// The index of a position among the channels.
static uint32_t
index_of(uint64_t layout, uint64_t position)
{
  return count(layout & (position - 1));
}

static void
put(struct shape from, struct shape to, uint32_t input, uint64_t places,
    float level, float* matrix)
{
  for (uint64_t rest = places; rest; rest &= rest - 1) {
    const uint64_t place = rest & (~rest + 1);
    matrix[index_of(to.layout, place) * from.n + input] = level;
  }
}

static void
fold_channel(struct shape from, struct shape to, uint64_t position,
             float* matrix)
{
  const uint32_t input = index_of(from.layout, position);
  if (to.layout & position) {
    put(from, to, input, position, ONE, matrix);
    return;
  }
  for (uint32_t i = 0; i < RILL_COUNT(folds); ++i) {
    const uint64_t places = folds[i].to;
    if (folds[i].from == position && (to.layout & places) == places) {
      put(from, to, input, places, *folds[i].level, matrix);
      return;
    }
  }
}

// Without positions: all to one, one to all, or each to its own.
static int
fold_unknown(struct shape from, struct shape to, float* matrix)
{
  if (from.n > to.n && to.n > 1) {
    return 0;
  }
  for (uint32_t r = 0; r < to.n; ++r) {
    for (uint32_t c = 0; c < from.n; ++c) {
      const int meets = to.n == 1 || from.n == 1 || r == c;
      matrix[r * from.n + c] =
        !meets ? 0.0f : to.n == 1 ? 1.0f / (float)from.n : 1.0f;
    }
  }
  return 1;
}

int
layout_fold(struct shape from, struct shape to, float* matrix)
{
  if (!from.layout || !to.layout) {
    return fold_unknown(from, to, matrix);
  }
  if (from.n == 1 && !(to.layout & from.layout) &&
      (to.layout & (FL | FR)) == (FL | FR)) {
    put(from, to, 0, FL | FR, ONE, matrix); // mono is as loud in both ears
    return 1;
  }
  for (uint64_t rest = from.layout; rest; rest &= rest - 1) {
    fold_channel(from, to, rest & (~rest + 1), matrix);
  }
  return 1;
}
