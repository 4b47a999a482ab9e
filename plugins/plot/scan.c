// SPDX-License-Identifier: ISC
#include "scan.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MAX_DEPTH = 32 };

int
scan_fail(struct scan* s, const char* why)
{
  s->why = why;
  return 0;
}

char
scan_peek(const struct scan* s)
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
    return scan_fail(s, c == '{' ? "it is not an object"
                            : "a bracket, colon or comma is missing");
  }
  ++s->at;
  return 1;
}

int
scan_end(struct scan* s)
{
  skip_space(s);
  return s->at == s->end || scan_fail(s, "something stands behind the object");
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
  for (; is_digit(scan_peek(s)); ++s->at) {
    if (n->digits < 1e17) { // those behind are too small to matter
      n->digits = n->digits * 10.0 + (scan_peek(s) - '0');
      n->exponent -= places;
    } else {
      n->exponent += 1 - places;
    }
  }
  return s->at > begin || scan_fail(s, "a number wants digits here");
}

static int
scan_exponent(struct scan* s, struct number* n)
{
  struct number e = { 0.0, 0 };
  ++s->at;
  const int is_negative = scan_peek(s) == '-';
  s->at += is_negative || scan_peek(s) == '+';
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
  const int is_negative = scan_peek(s) == '-';
  s->at += is_negative;
  const char* const begin = s->at;
  if (!scan_digits(s, &n, 0)) {
    return scan_fail(s, "a number is missing");
  }
  if (*begin == '0' && s->at > begin + 1) {
    return scan_fail(s, "a number begins with 0");
  }
  if (scan_peek(s) == '.') {
    ++s->at;
    if (!scan_digits(s, &n, 1)) {
      return 0;
    }
  }
  if ((scan_peek(s) == 'e' || scan_peek(s) == 'E') && !scan_exponent(s, &n)) {
    return 0;
  }
  // A divisor that is exact keeps short decimals exact.
  const double value = n.digits <= 0.0  ? 0.0
                       : n.exponent < 0 ? n.digits / pow(10.0, -n.exponent)
                                        : n.digits * pow(10.0, n.exponent);
  *out = is_negative ? -value : value;
  return isfinite(value) || scan_fail(s, "a number is too large");
}

// -- any value --------------------------------------------------------------

static int
skip_word(struct scan* s, const char* word)
{
  const size_t n = strlen(word);
  if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0) {
    return scan_fail(s, "a value is missing");
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
  switch (scan_peek(s)) {
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
        return scan_fail(s, "brackets are nested too deeply");
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
