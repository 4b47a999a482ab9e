// SPDX-License-Identifier: ISC
#include "scan.h"

#include <stdint.h>
#include <string.h>

/// Where a string goes.
struct text {
  char* bytes; // SCAN_TEXT_BYTES
  size_t n;
};

// A character whole or not at all.
static void
put(struct text* t, const char* bytes, size_t n)
{
  if (t->n + n < SCAN_TEXT_BYTES) {
    memcpy(t->bytes + t->n, bytes, n);
    t->n += n;
  }
}

static void
put_code(struct text* t, uint32_t code)
{
  // Pairs for what lies beyond 16 bits show as two boxes: no letter of them is
  // in the face.
  const char two[] = { (char)(0xc0 | code >> 6), (char)(0x80 | (code & 0x3f)) };
  const char three[] = { (char)(0xe0 | code >> 12),
                         (char)(0x80 | (code >> 6 & 0x3f)),
                         (char)(0x80 | (code & 0x3f)) };
  const char one = (char)code;
  if (!code) {
    put(t, "\xef\xbf\xbd", 3);
  } else if (code < 0x80) {
    put(t, &one, 1);
  } else if (code < 0x800) {
    put(t, two, sizeof two);
  } else {
    put(t, three, sizeof three);
  }
}

static int
hex_digit(char c)
{
  const char* const digits = "0123456789abcdefABCDEF";
  const char* const p = c ? strchr(digits, c) : NULL;
  return !p ? -1 : p - digits < 16 ? (int)(p - digits) : (int)(p - digits) - 6;
}

static int
scan_code(struct scan* s, struct text* t)
{
  uint32_t code = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex_digit(scan_peek(s));
    if (digit < 0) {
      return scan_fail(s, "\\u wants four hexadecimal digits");
    }
    code = code * 16 + (uint32_t)digit;
    ++s->at;
  }
  put_code(t, code);
  return 1;
}

static int
scan_escape(struct scan* s, struct text* t)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/     ";
  const char c = scan_peek(s);
  const char* const p = c ? strchr(names, c) : NULL;
  if (c != 'u' && !p) {
    return scan_fail(s, "an escape in a string that JSON does not know");
  }
  ++s->at;
  if (c == 'u') {
    return scan_code(s, t);
  }
  put(t, &values[p - names], 1); // breaks become spaces
  return 1;
}

static size_t
character_bytes(const struct scan* s)
{
  size_t n = 1;
  while (s->at + n < s->end && ((unsigned char)s->at[n] & 0xc0) == 0x80) {
    ++n;
  }
  return n;
}

int
scan_string(struct scan* s, char out[SCAN_TEXT_BYTES])
{
  struct text t = { out, 0 };
  if (!scan_sees(s, '"')) {
    return scan_fail(s, "a string is missing");
  }
  ++s->at;
  while (s->at < s->end && *s->at != '"') {
    if ((unsigned char)*s->at < ' ') {
      return scan_fail(s, "a control character in a string");
    }
    if (*s->at == '\\') {
      ++s->at;
      if (!scan_escape(s, &t)) {
        return 0;
      }
    } else {
      const size_t n = character_bytes(s);
      put(&t, s->at, n);
      s->at += n;
    }
  }
  if (s->at == s->end) {
    return scan_fail(s, "a string does not end");
  }
  ++s->at;
  out[t.n] = '\0';
  return 1;
}
