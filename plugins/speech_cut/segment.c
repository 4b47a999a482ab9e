// SPDX-License-Identifier: ISC
#include "segment.h"

#include <stdio.h>

__extension__ typedef __int128 wide; // a position times a million

// Seconds to the microsecond, without needless zeros. Whole numbers only, so
// the locale has no say.
static int
print_decimal(char* to, uint64_t micro)
{
  int n = sprintf(to, "%llu.%06llu", (unsigned long long)(micro / 1000000),
                  (unsigned long long)(micro % 1000000));
  while (to[n - 1] == '0' && to[n - 2] != '.') {
    to[--n] = '\0';
  }
  return n;
}

static uint64_t
micro_of(int64_t frames, uint32_t rate)
{
  return (uint64_t)(((wide)frames * 1000000 + rate / 2) / rate);
}

uint32_t
segment_print(const struct cut* cut, uint32_t rate, char* to)
{
  char* at = to;
  at += sprintf(at, "{\"start\":");
  at += print_decimal(at, micro_of(cut->segment.begin, rate));
  at += sprintf(at, ",\"end\":");
  at += print_decimal(at, micro_of(cut->segment.end, rate));
  at += sprintf(at, ",\"confidence\":");
  at += print_decimal(at, (uint64_t)(cut->confidence * 1e6 + 0.5));
  at += sprintf(at, "}");
  return (uint32_t)(at - to);
}
