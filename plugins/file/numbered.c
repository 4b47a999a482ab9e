// SPDX-License-Identifier: ISC
#include "numbered.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct place {
  const char* begin;
  const char* end; // behind the d
  int width;
  int has_zeros;
};

static int
find_place(const char* path, struct place* out)
{
  for (const char* p = strchr(path, '%'); p; p = strchr(p + 1, '%')) {
    const int has_zeros = p[1] == '0';
    const char* q = p + 1 + has_zeros;
    const int width = *q >= '1' && *q <= '9' ? *q++ - '0' : 0;
    if (*q == 'd' && (width || !has_zeros)) {
      *out = (struct place){ p, q + 1, width, has_zeros };
      return 1;
    }
  }
  return 0;
}

int
numbered_count(const char* path)
{
  struct place place;
  int n = 0;
  for (; find_place(path, &place); path = place.end) {
    ++n;
  }
  return n;
}

char*
numbered_path(const char* path, uint64_t number)
{
  struct place place;
  char digits[24];
  if (!find_place(path, &place)) {
    return strdup(path);
  }
  const char* const format = place.has_zeros ? "%0*" PRIu64 : "%*" PRIu64;
  const int n_digits =
    snprintf(digits, sizeof digits, format, place.width, number);
  const size_t n_begin = (size_t)(place.begin - path);
  const size_t n_end = strlen(place.end);
  char* const out = malloc(n_begin + (size_t)n_digits + n_end + 1);
  if (out) {
    memcpy(out, path, n_begin);
    memcpy(out + n_begin, digits, (size_t)n_digits);
    memcpy(out + n_begin + n_digits, place.end, n_end + 1);
  }
  return out;
}
