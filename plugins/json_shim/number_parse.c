// SPDX-License-Identifier: ISC
// Any number of the grammar, character by character, and any float.
#include "number_parse.h"

#include "number_parse_exact.h"
#include "number_parse_fast.h"

#include <string.h>

enum {
  MAX_DIGITS = 19,
  MAX_EXPONENT = 1 << 30,
  FRACTION_BITS = 23,
  LEAST_EXPONENT = -149, // of a float's last bit
  INFINITY_BITS = 0x7f800000
};

static inline int
is_digit(const char* at, const char* end)
{
  return at < end && (unsigned)(*at - '0') <= 9;
}

// What has been read so far.
struct reading {
  uint64_t digits;
  int64_t exponent;
  uint32_t n_digits; // from the first that is not 0
  int is_cut;
};

static void
take_digit(struct reading* r, uint32_t digit, int is_behind_point)
{
  if (r->n_digits < MAX_DIGITS) {
    r->digits = r->digits * 10 + digit;
    r->n_digits += r->digits != 0;
    r->exponent -= is_behind_point;
  } else {
    r->is_cut |= digit != 0;
    r->exponent += !is_behind_point;
  }
}

static const char*
take_digits(struct reading* r, const char* at, const char* end, int is_behind_point)
{
  for (; is_digit(at, end); ++at) {
    take_digit(r, (uint32_t)(*at - '0'), is_behind_point);
  }
  return at;
}

static const char*
take_exponent(struct reading* r, const char* at, const char* end)
{
  const int is_negative = at < end && *at == '-';
  at += is_negative || (at < end && *at == '+');
  if (!is_digit(at, end)) {
    return NULL;
  }
  int64_t e = 0;
  for (; is_digit(at, end); ++at) {
    e = e < MAX_EXPONENT ? e * 10 + (*at - '0') : e;
  }
  r->exponent += is_negative ? -e : e;
  return at;
}

static int32_t
limited(int64_t e)
{
  return (int32_t)(e < -MAX_EXPONENT ? -MAX_EXPONENT
                                     : e > MAX_EXPONENT ? MAX_EXPONENT : e);
}

const char*
number_scan(const char* at, const char* end, struct decimal* out)
{
  struct reading r = { 0 };
  const char* const begin = at;
  const int is_negative = at < end && *at == '-';
  at += is_negative;
  if (!is_digit(at, end) || (*at == '0' && is_digit(at + 1, end))) {
    return NULL;
  }
  at = take_digits(&r, at, end, 0);
  if (at < end && *at == '.') {
    if (!is_digit(++at, end)) {
      return NULL;
    }
    at = take_digits(&r, at, end, 1);
  }
  if (at < end && (*at == 'e' || *at == 'E') && !(at = take_exponent(&r, at + 1, end))) {
    return NULL;
  }
  *out = (struct decimal){ begin, at, r.digits, limited(r.exponent),
                           (uint8_t)is_negative, (uint8_t)r.is_cut };
  return at;
}

// The bits of the float, without sign, of any digits but 0.
static uint32_t
f32_bits(const struct decimal* number)
{
  if (number->exponent < POWER_LOW) {
    return 0; // 2^64 * 10^-66 is far below half of the least float
  }
  if (number->exponent > POWER_HIGH - 7) {
    return INFINITY_BITS;
  }
  const struct number_bounds b = number_bounds(number);
  int32_t n_dropped = 39 + (int32_t)(b.high >> 63);
  if (b.exponent + n_dropped < LEAST_EXPONENT) {
    n_dropped = LEAST_EXPONENT - b.exponent; // a subnormal keeps fewer bits
  }
  if (n_dropped > 65) {
    return 0;
  }
  // In 64 bits without the carry: half of 2^65 is 0.
  const uint64_t half = n_dropped < 65 ? (uint64_t)1 << (n_dropped - 1) : 0;
  const uint64_t dropped = b.high & (n_dropped < 64 ? 2 * half - 1 : UINT64_MAX);
  const uint32_t kept = n_dropped < 64 ? (uint32_t)(b.high >> n_dropped) : 0;
  const int32_t exponent = b.exponent + n_dropped;
  int is_above = n_dropped < 65 && dropped > half;
  if (half - dropped <= b.slack) {
    const int order = number_compare_exact(number, 2 * kept + 1, exponent - 1);
    is_above = order > 0 || (order == 0 && kept & 1);
  }
  return ((uint32_t)(exponent - LEAST_EXPONENT) << FRACTION_BITS) + kept +
         (uint32_t)is_above;
}

int
number_to_f32(const struct decimal* number, float* out)
{
  uint32_t bits = number_f32_bits_fast(number);
  if (!bits && number->digits) {
    bits = f32_bits(number);
  }
  if (bits >= INFINITY_BITS) {
    return 0;
  }
  bits |= (uint32_t)number->is_negative << 31;
  memcpy(out, &bits, sizeof bits);
  return 1;
}

// The digits as a whole number without exponent, or nothing.
static int
whole_of(const struct decimal* number, uint64_t* out)
{
  uint64_t x = number->digits;
  int32_t e = x ? number->exponent : 0;
  if (number->is_cut || e > 10) {
    return 0;
  }
  for (; e < 0; ++e) {
    if (x % 10) {
      return 0;
    }
    x /= 10;
  }
  if (e && x >= 10000000000u) {
    return 0; // far beyond 32 bits, and the next step must not overflow
  }
  *out = x * number_tens[e];
  return 1;
}

int
number_to_i32(const struct decimal* number, int32_t lo, int32_t hi, int32_t* out)
{
  uint64_t size;
  if (!whole_of(number, &size) || size > (uint64_t)1 << 31) {
    return 0;
  }
  const int64_t x = number->is_negative ? -(int64_t)size : (int64_t)size;
  if (x < lo || x > hi) {
    return 0;
  }
  *out = (int32_t)x;
  return 1;
}

int
number_is_finite(const struct decimal* number)
{
  uint64_t digits = number->digits;
  int64_t e = number->exponent;
  if (!digits || e < 289) {
    return 1; // below 10^19 * 10^289
  }
  for (; digits < 1000000000000000000u; --e) {
    digits *= 10;
  }
  // Half between the largest double and what would be the next is
  // 1.7976931348623158079..e308.
  return e < 290 || (e == 290 && digits < 1797693134862315808u);
}
