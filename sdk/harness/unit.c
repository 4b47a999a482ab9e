// SPDX-License-Identifier: ISC
#include "unit.h"

#include <rill/value.h>

#include <stdio.h>
#include <string.h>

// Of one unit, small ones first.
static const struct unit units[] = {
  {RILL_UNIT_HZ, "Hz", 1, 0},
  {RILL_UNIT_HZ, "kHz", 1, 3},
  {RILL_UNIT_HZ, "MHz", 1, 6},
  {RILL_UNIT_S, "ns", 1, -9},
  {RILL_UNIT_S, "us", 1, -6},
  {RILL_UNIT_S, "ms", 1, -3},
  {RILL_UNIT_S, "s", 1, 0},
  {RILL_UNIT_S, "min", 60, 0},
  {RILL_UNIT_S, "h", 3600, 0},
  {RILL_UNIT_DB, "dB", 1, 0},
  {RILL_UNIT_BYTES, "B", 1, 0},
  {RILL_UNIT_BYTES, "kB", 1, 3},
  {RILL_UNIT_BYTES, "KiB", 1024, 0},
  {RILL_UNIT_BYTES, "MB", 1, 6},
  {RILL_UNIT_BYTES, "MiB", 1048576, 0},
  {RILL_UNIT_BYTES, "GB", 1, 9},
  {RILL_UNIT_BYTES, "GiB", 1073741824, 0},
  {RILL_UNIT_RATIO, "%", 1, -2},
};

#define N_UNITS (sizeof units / sizeof units[0])

const struct unit*
unit_find(uint32_t unit, const char* symbol)
{
  const struct unit* u = NULL;
  for (size_t i = 0; (u = unit_at(unit, i)); ++i) {
    if (!strcmp(u->symbol, symbol)) {
      return u;
    }
  }
  return NULL;
}

const struct unit*
unit_at(uint32_t unit, size_t index)
{
  for (size_t i = 0; i < N_UNITS; ++i) {
    if (units[i].unit == unit && !index--) {
      return &units[i];
    }
  }
  return NULL;
}

void
unit_list(uint32_t unit, char* out, size_t n_bytes)
{
  size_t n = 0;
  out[0] = '\0';
  for (size_t i = 0; unit_at(unit, i) && n < n_bytes; ++i) {
    const char* const joint = !i ? "" : unit_at(unit, i + 1) ? ", " : " or ";
    n += (size_t)snprintf(out + n, n_bytes - n, "%s%s", joint,
                          unit_at(unit, i)->symbol);
  }
}

const char*
unit_noun(uint32_t unit)
{
  switch (unit) {
    case RILL_UNIT_HZ: return "Hz";
    case RILL_UNIT_S: return "seconds";
    case RILL_UNIT_DB: return "dB";
    case RILL_UNIT_BYTES: return "bytes";
    case RILL_UNIT_FRAMES: return "frames";
    default: return "";
  }
}
