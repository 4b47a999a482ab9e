// SPDX-License-Identifier: ISC
#include "scan.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MAX_DEPTH = 32 };

static int
fail(struct scan* s, const char* why)
{
  s->why = why;
  return 0;
}

// The next byte, or 0 at the end.
static char
peek(const struct scan* s)
{
  return s->at < s->end ? *s->at : '\0';
}

static void
skip_space(struct scan* s)
{
  while (s->at < s->end && memchr(" \t\r\n", *s->at, 4)) {
    ++s->at;
  }
}

int
scan_sees(struct scan* s, char c)
{
  skip_space(s);
  return s->at < s->end && *s->at == c;
}

int
scan_char(struct scan* s, char c)
{
  if (!scan_sees(s, c)) {
    return fail(s, c == '{' ? "it is not an object"
                            : "a bracket, colon or comma is missing");
  }
  ++s->at;
  return 1;
}

int
scan_end(struct scan* s)
{
  skip_space(s);
  return s->at == s->end || fail(s, "something stands behind the object");
}

// -- strings ----------------------------------------------------------------

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
    const int digit = hex_digit(peek(s));
    if (digit < 0) {
      return fail(s, "\\u wants four hexadecimal digits");
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
  const char c = peek(s);
  const char* const p = c ? strchr(names, c) : NULL;
  if (c != 'u' && !p) {
    return fail(s, "an escape in a string that JSON does not know");
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
    return fail(s, "a string is missing");
  }
  ++s->at;
  while (s->at < s->end && *s->at != '"') {
    if ((unsigned char)*s->at < ' ') {
      return fail(s, "a control character in a string");
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
    return fail(s, "a string does not end");
  }
  ++s->at;
  out[t.n] = '\0';
  return 1;
}

// -- numbers ----------------------------------------------------------------

static int
is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/// A number in parts: digits * 10^exponent.
struct number {
  double digits;
  int exponent;
};

// At least one digit; *places* is 1 behind the point.
static int
scan_digits(struct scan* s, struct number* n, int places)
{
  const char* const begin = s->at;
  for (; is_digit(peek(s)); ++s->at) {
    if (n->digits < 1e17) { // those behind are too small to matter
      n->digits = n->digits * 10.0 + (peek(s) - '0');
      n->exponent -= places;
    } else {
      n->exponent += 1 - places;
    }
  }
  return s->at > begin || fail(s, "a number wants digits here");
}

static int
scan_exponent(struct scan* s, struct number* n)
{
  struct number e = { 0.0, 0 };
  ++s->at;
  const int is_negative = peek(s) == '-';
  s->at += is_negative || peek(s) == '+';
  if (!scan_digits(s, &e, 0)) {
    return 0;
  }
  const int value = e.digits < 9999.0 ? (int)e.digits : 9999;
  n->exponent += is_negative ? -value : value;
  return 1;
}

int
scan_number(struct scan* s, double* out)
{
  struct number n = { 0.0, 0 };
  skip_space(s);
  const int is_negative = peek(s) == '-';
  s->at += is_negative;
  const char* const begin = s->at;
  if (!scan_digits(s, &n, 0)) {
    return fail(s, "a number is missing");
  }
  if (*begin == '0' && s->at > begin + 1) {
    return fail(s, "a number begins with 0");
  }
  if (peek(s) == '.') {
    ++s->at;
    if (!scan_digits(s, &n, 1)) {
      return 0;
    }
  }
  if ((peek(s) == 'e' || peek(s) == 'E') && !scan_exponent(s, &n)) {
    return 0;
  }
  // A divisor that is exact keeps short decimals exact.
  const double value = n.exponent < 0 ? n.digits / pow(10.0, -n.exponent)
                                      : n.digits * pow(10.0, n.exponent);
  *out = is_negative ? -value : value;
  return isfinite(value) || fail(s, "a number is too large");
}

// -- any value --------------------------------------------------------------

static int
skip_word(struct scan* s, const char* word)
{
  const size_t n = strlen(word);
  if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0) {
    return fail(s, "a value is missing");
  }
  s->at += n;
  return 1;
}

// What is neither an object nor an array.
static int
skip_scalar(struct scan* s)
{
  char text[SCAN_TEXT_BYTES];
  double number;
  switch (peek(s)) {
    case '"': return scan_string(s, text);
    case 't': return skip_word(s, "true");
    case 'f': return skip_word(s, "false");
    case 'n': return skip_word(s, "null");
    default: return scan_number(s, &number);
  }
}

// What opens goes on a stack of the brackets that will close it.
int
scan_skip(struct scan* s)
{
  char close[MAX_DEPTH];
  char key[SCAN_TEXT_BYTES];
  int depth = 0;
  do {
    const int is_object = scan_sees(s, '{');
    if (is_object || scan_sees(s, '[')) {
      if (depth == MAX_DEPTH) {
        return fail(s, "brackets are nested too deeply");
      }
      ++s->at;
      close[depth++] = is_object ? '}' : ']';
      if (!scan_sees(s, close[depth - 1])) {
        if (is_object && !(scan_string(s, key) && scan_char(s, ':'))) {
          return 0;
        }
        continue; // to the first value in it
      }
    } else if (!skip_scalar(s)) {
      return 0;
    }
    while (depth && scan_sees(s, close[depth - 1])) {
      ++s->at;
      --depth;
    }
    if (depth && !(scan_char(s, ',') &&
                   (close[depth - 1] == ']' ||
                    (scan_string(s, key) && scan_char(s, ':'))))) {
      return 0;
    }
  } while (depth);
  return 1;
}
