// SPDX-License-Identifier: ISC
#include "load/utf8.h"

#include <stdint.h>

/// Lead bytes and what may follow first: Unicode 15, table 3-7.
static const struct {
  uint8_t lead_min, lead_max;
  uint8_t next_min, next_max;
  uint8_t n_more;
} forms[] = {
  { 0x00, 0x7f, 0x00, 0x00, 0 }, { 0xc2, 0xdf, 0x80, 0xbf, 1 },
  { 0xe0, 0xe0, 0xa0, 0xbf, 2 }, { 0xe1, 0xec, 0x80, 0xbf, 2 },
  { 0xed, 0xed, 0x80, 0x9f, 2 }, { 0xee, 0xef, 0x80, 0xbf, 2 },
  { 0xf0, 0xf0, 0x90, 0xbf, 3 }, { 0xf1, 0xf3, 0x80, 0xbf, 3 },
  { 0xf4, 0xf4, 0x80, 0x8f, 3 },
};

// Bytes of the character at *p*, 0 when it is none.
static int
character(const uint8_t* p)
{
  for (unsigned i = 0; i < sizeof forms / sizeof forms[0]; ++i) {
    if (*p < forms[i].lead_min || *p > forms[i].lead_max) {
      continue;
    }
    for (int k = 1; k <= forms[i].n_more; ++k) {
      const uint8_t low = k == 1 ? forms[i].next_min : 0x80;
      const uint8_t high = k == 1 ? forms[i].next_max : 0xbf;
      if (p[k] < low || p[k] > high) {
        return 0;
      }
    }
    return 1 + forms[i].n_more;
  }
  return 0;
}

int
utf8_is_valid(const char* text)
{
  const uint8_t* p = (const uint8_t*)text;
  while (*p) {
    const int n = character(p);
    if (!n) {
      return 0;
    }
    p += n;
  }
  return 1;
}
