// SPDX-License-Identifier: ISC
#include "spec/utf8.h"

#include <string.h>

struct range {
  uint32_t first;
  uint32_t last;
};

// What combines with the character before it.
static const struct range zero_wide[] = {
  { 0x300, 0x36f },   { 0x483, 0x489 },   { 0x591, 0x5bd },
  { 0x610, 0x61a },   { 0x64b, 0x65f },   { 0x900, 0x902 },
  { 0x93c, 0x93c },   { 0x941, 0x948 },   { 0xe31, 0xe31 },
  { 0xe34, 0xe3a },   { 0xe47, 0xe4e },   { 0x1ab0, 0x1aff },
  { 0x1dc0, 0x1dff }, { 0x200b, 0x200f }, { 0x20d0, 0x20ff },
  { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0x1f3fb, 0x1f3ff },
  { 0xe0100, 0xe01ef },
};

// East Asian wide and full-width characters, and emoji.
static const struct range double_wide[] = {
  { 0x1100, 0x115f },   { 0x231a, 0x231b },   { 0x23e9, 0x23ec },
  { 0x2614, 0x2615 },   { 0x26a1, 0x26a1 },   { 0x2705, 0x2705 },
  { 0x274c, 0x274c },   { 0x2753, 0x2755 },   { 0x2b50, 0x2b50 },
  { 0x2e80, 0x303e },   { 0x3041, 0x33ff },   { 0x3400, 0x4dbf },
  { 0x4e00, 0x9fff },   { 0xa000, 0xa4cf },   { 0xa960, 0xa97f },
  { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },
  { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },   { 0x1f300, 0x1f64f },
  { 0x1f680, 0x1f6ff }, { 0x1f7e0, 0x1f7eb }, { 0x1f900, 0x1f9ff },
  { 0x1fa70, 0x1faff }, { 0x20000, 0x3fffd },
};

static int
is_within(uint32_t c, const struct range* ranges, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    if (c >= ranges[i].first && c <= ranges[i].last) {
      return 1;
    }
  }
  return 0;
}

// How many bytes follow the first one; -1: it cannot be first.
static int
n_following(unsigned char first)
{
  return first < 0x80                    ? 0
         : first >= 0xc2 && first < 0xe0 ? 1
         : first >= 0xe0 && first < 0xf0 ? 2
         : first >= 0xf0 && first < 0xf5 ? 3
                                         : -1;
}

uint32_t
utf8_read(const char* text, size_t n_bytes, size_t* length)
{
  static const uint32_t smallest[] = { 0, 0x80, 0x800, 0x10000 };
  const unsigned char* const s = (const unsigned char*)text;
  const int n = n_following(s[0]);
  *length = 1;
  if (n < 0 || (size_t)n >= n_bytes) {
    return UTF8_BAD;
  }
  uint32_t c = n ? s[0] & (0x3fu >> n) : s[0];
  for (int i = 1; i <= n; ++i) {
    if ((s[i] & 0xc0) != 0x80) {
      return UTF8_BAD;
    }
    c = c << 6 | (s[i] & 0x3fu);
  }
  if (c < smallest[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
    return UTF8_BAD;
  }
  *length = (size_t)n + 1;
  return c;
}

unsigned
utf8_width(uint32_t c)
{
  if (c < 0x300) {
    return 1;
  }
  if (is_within(c, zero_wide, sizeof zero_wide / sizeof zero_wide[0])) {
    return 0;
  }
  const size_t n = sizeof double_wide / sizeof double_wide[0];
  return is_within(c, double_wide, n) ? 2 : 1;
}

int
utf8_is_control(uint32_t c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f ||
         c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == UTF8_BAD;
}

size_t
utf8_mark_length(const char* text, size_t n_bytes)
{
  return n_bytes >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
}

size_t
utf8_count(const char* text, size_t n_bytes)
{
  size_t n = 0;
  size_t length;
  for (size_t i = 0; i < n_bytes; i += length, ++n) {
    utf8_read(text + i, n_bytes - i, &length);
  }
  return n;
}

int
utf8_is_text(const char* text, size_t n_bytes)
{
  size_t length;
  for (size_t i = 0; i < n_bytes; i += length) {
    if (utf8_read(text + i, n_bytes - i, &length) == UTF8_BAD) {
      return 0;
    }
  }
  return 1;
}
