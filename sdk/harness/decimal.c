// SPDX-License-Identifier: ISC
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // newlocale, uselocale
#endif
#include "decimal.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 400 // of one number; no honest number has more
#define MOST_TEN 100000 // an exponent beyond means "too large" or "too small"

static size_t
count_digits(const char* s)
{
  size_t n = 0;
  while (s[n] >= '0' && s[n] <= '9') {
    ++n;
  }
  return n;
}

static int32_t
read_exponent(const char* s)
{
  const int negative = *s == '-';
  int32_t value = 0;
  for (s += *s == '-' || *s == '+'; *s >= '0' && *s <= '9'; ++s) {
    value = value < MOST_TEN ? value * 10 + (*s - '0') : value;
  }
  return negative ? -value : value;
}

size_t
decimal_split(const char* text, struct decimal* out)
{
  struct decimal d = {.text = text};
  size_t at = text[0] == '-' || text[0] == '+';
  const size_t n_whole = count_digits(text + at);

  if (!n_whole) {
    return 0;
  }
  d.has_padding = n_whole > 1 && text[at] == '0';
  at += n_whole;
  if (text[at] == '.' && count_digits(text + at + 1)) {
    at += 1 + count_digits(text + at + 1);
  }
  d.n_digits = at;
  if (text[at] == 'e' || text[at] == 'E') {
    const size_t sign = text[at + 1] == '-' || text[at + 1] == '+';
    const size_t n = count_digits(text + at + 1 + sign);
    d.exponent = n ? read_exponent(text + at + 1) : 0;
    at += n ? 1 + sign + n : 0;
  }
  d.n_bytes = at;
  *out = d;
  return at;
}

static int
is_zero(const struct decimal* d)
{
  for (size_t i = 0; i < d->n_digits; ++i) {
    if (d->text[i] >= '1' && d->text[i] <= '9') {
      return 0;
    }
  }
  return 1;
}

enum decimal_status
decimal_to_double(const struct decimal* d,
                  uint32_t factor,
                  int32_t ten,
                  double* out)
{
  char text[MOST_DIGITS + 16];
  if (d->n_digits > MOST_DIGITS) {
    return DECIMAL_TOO_LARGE;
  }
  // The power of ten goes into the text, where it costs no rounding.
  snprintf(text, sizeof text, "%.*se%d", (int)d->n_digits, d->text,
           (int)(d->exponent + ten));

  const locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  const locale_t old = uselocale(c);
  const double number = factor == 1 ? strtod(text, NULL)
                                    : (double)(strtold(text, NULL) * factor);
  uselocale(old);
  freelocale(c);

  if (!isfinite(number)) {
    return DECIMAL_TOO_LARGE;
  }
  if (number == 0.0 && !is_zero(d)) {
    return DECIMAL_TOO_SMALL;
  }
  *out = number == 0.0 ? 0.0 : number; // -0 is 0
  return DECIMAL_OK;
}

// All digits as one whole number, and the power of ten that it lacks.
static enum decimal_status
gather(const struct decimal* d, uint64_t* mantissa, int32_t* ten)
{
  int32_t after_point = 0;
  uint64_t zeros = 0; // held back: they may all be at the end

  for (size_t i = 0; i < d->n_digits; ++i) {
    const char c = d->text[i];
    if (c == '.') {
      after_point = 1;
    } else if (c >= '0' && c <= '9') {
      *ten -= after_point;
      ++zeros;
      for (; c != '0' && zeros; --zeros) {
        if (__builtin_mul_overflow(*mantissa, 10u, mantissa)) {
          return DECIMAL_TOO_LARGE;
        }
      }
      if (__builtin_add_overflow(*mantissa, (uint64_t)(c - '0'), mantissa)) {
        return DECIMAL_TOO_LARGE;
      }
    }
  }
  *ten += (int32_t)zeros;
  return DECIMAL_OK;
}

// mantissa * 10^ten, if that is whole.
static enum decimal_status
apply_ten(uint64_t* mantissa, int32_t ten)
{
  for (; *mantissa && ten > 0; --ten) {
    if (__builtin_mul_overflow(*mantissa, 10u, mantissa)) {
      return DECIMAL_TOO_LARGE;
    }
  }
  for (; *mantissa && ten < 0; ++ten) {
    if (*mantissa % 10) {
      return DECIMAL_FRACTION;
    }
    *mantissa /= 10;
  }
  return DECIMAL_OK;
}

enum decimal_status
decimal_to_int(const struct decimal* d,
               uint32_t factor,
               int32_t ten,
               int64_t* out)
{
  const uint64_t limit = (uint64_t)INT64_MAX + (d->text[0] == '-');
  enum decimal_status st = DECIMAL_OK;
  uint64_t mantissa = 0;

  ten += d->exponent;
  if (d->n_digits > MOST_DIGITS) {
    return DECIMAL_TOO_LARGE;
  }
  if ((st = gather(d, &mantissa, &ten))) {
    return st;
  }
  if (__builtin_mul_overflow(mantissa, factor, &mantissa)) {
    return DECIMAL_TOO_LARGE;
  }
  if ((st = apply_ten(&mantissa, ten))) {
    return st;
  }
  if (mantissa > limit) {
    return DECIMAL_TOO_LARGE;
  }
  *out = d->text[0] == '-' ? (int64_t)(0 - mantissa) : (int64_t)mantissa;
  return DECIMAL_OK;
}

// Cuts "1e+06" to "1e6".
static void
trim_exponent(char* text)
{
  char* to = strchr(text, 'e');
  if (to) {
    const char* from = ++to;
    if (*from == '-') {
      *to++ = *from;
    }
    from += *from == '-' || *from == '+';
    while (*from == '0' && from[1]) {
      ++from;
    }
    memmove(to, from, strlen(from) + 1);
  }
}

size_t
decimal_print(double number, int n_digits, char* out, size_t n_bytes)
{
  char text[64] = {0};
  const locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  const locale_t old = uselocale(c);

  snprintf(text, sizeof text, "%.*e", n_digits - 1, number);
  const int ten = atoi(strchr(text, 'e') + 1);
  if (ten >= -6 && ten < 16) {
    const int n_after = n_digits - 1 - ten;
    snprintf(text, sizeof text, "%.*f", n_after > 0 ? n_after : 0, number);
  } else {
    trim_exponent(text);
  }
  uselocale(old);
  freelocale(c);
  return (size_t)snprintf(out, n_bytes, "%s", text);
}
