// SPDX-License-Identifier: ISC
#include "layout.h"

#include "codec.h"

#include <rill/format.h>

enum { MAX_FIXED = 8 }; // channels of a file whose format fixes the order

enum {
  FL = RILL_CH_FL,
  FR = RILL_CH_FR,
  FC = RILL_CH_FC,
  LFE = RILL_CH_LFE,
  BL = RILL_CH_BL,
  BR = RILL_CH_BR,
  BC = RILL_CH_BC,
  SL = RILL_CH_SL,
  SR = RILL_CH_SR
};

// The Vorbis I specification, 4.3.9; Opus (RFC 7845, 5.1.1.2) has the same.
static const uint64_t ogg_order[MAX_FIXED + 1][MAX_FIXED] = {
  [3] = { FL, FC, FR },
  [4] = { FL, FR, BL, BR },
  [5] = { FL, FC, FR, BL, BR },
  [6] = { FL, FC, FR, BL, BR, LFE },
  [7] = { FL, FC, FR, SL, SR, BC, LFE },
  [8] = { FL, FC, FR, SL, SR, BL, BR, LFE },
};

// RFC 9639, 9.1.3.
static const uint64_t flac_order[MAX_FIXED + 1][MAX_FIXED] = {
  [3] = { FL, FR, FC },
  [4] = { FL, FR, BL, BR },
  [5] = { FL, FR, FC, BL, BR },
  [6] = { FL, FR, FC, LFE, BL, BR },
  [7] = { FL, FR, FC, LFE, BC, SL, SR },
  [8] = { FL, FR, FC, LFE, BL, BR, SL, SR },
};

static const struct {
  int position;
  uint64_t bit;
} positions[] = {
  { SF_CHANNEL_MAP_MONO, FC },
  { SF_CHANNEL_MAP_LEFT, FL },
  { SF_CHANNEL_MAP_RIGHT, FR },
  { SF_CHANNEL_MAP_CENTER, FC },
  { SF_CHANNEL_MAP_FRONT_LEFT, FL },
  { SF_CHANNEL_MAP_FRONT_RIGHT, FR },
  { SF_CHANNEL_MAP_FRONT_CENTER, FC },
  { SF_CHANNEL_MAP_REAR_CENTER, BC },
  { SF_CHANNEL_MAP_REAR_LEFT, BL },
  { SF_CHANNEL_MAP_REAR_RIGHT, BR },
  { SF_CHANNEL_MAP_LFE, LFE },
  { SF_CHANNEL_MAP_FRONT_LEFT_OF_CENTER, RILL_CH_FLC },
  { SF_CHANNEL_MAP_FRONT_RIGHT_OF_CENTER, RILL_CH_FRC },
  { SF_CHANNEL_MAP_SIDE_LEFT, SL },
  { SF_CHANNEL_MAP_SIDE_RIGHT, SR },
};

static uint64_t
bit_of(int position)
{
  for (size_t i = 0; i < sizeof positions / sizeof positions[0]; ++i) {
    if (positions[i].position == position) {
      return positions[i].bit;
    }
  }
  return 0;
}

// What the file itself says, in its order.
static int
read_order(const struct source* s, uint32_t n, uint64_t* order)
{
  int map[SOURCE_MAX_MAPPED] = { 0 };
  if (!codec.sf_command(s->decoder, SFC_GET_CHANNEL_MAP_INFO, map,
                  (int)(n * sizeof map[0]))) {
    return 0;
  }
  for (uint32_t c = 0; c < n; ++c) {
    order[c] = bit_of(map[c]);
  }
  return 1;
}

// What the format says of all its files.
static int
fixed_order(int format, uint32_t n, uint64_t* order)
{
  const int type = format & SF_FORMAT_TYPEMASK;
  if (n > MAX_FIXED || (type != SF_FORMAT_OGG && type != SF_FORMAT_FLAC)) {
    return 0;
  }
  for (uint32_t c = 0; c < n; ++c) {
    order[c] = type == SF_FORMAT_OGG ? ogg_order[n][c] : flac_order[n][c];
  }
  return 1;
}

// Channels go in the order of their bits.
static void
set_order(struct source* s, uint32_t n, const uint64_t* order)
{
  uint64_t all = 0;
  for (uint32_t c = 0; c < n; ++c) {
    if (!order[c] || all & order[c]) {
      return; // unknown, or twice the same
    }
    all |= order[c];
  }
  s->header.layout = all;
  for (uint32_t c = 0; c < n; ++c) {
    s->plane_of[c] = (uint8_t)__builtin_popcountll(all & (order[c] - 1));
    s->is_permuted |= s->plane_of[c] != c;
  }
}

void
layout_find(struct source* s, int format)
{
  uint64_t order[SOURCE_MAX_MAPPED] = { 0 };
  const uint32_t n = s->header.channels;
  s->header.layout = header_default_layout(n);
  if (n <= SOURCE_MAX_MAPPED &&
      (read_order(s, n, order) || fixed_order(format, n, order))) {
    set_order(s, n, order);
  }
}
