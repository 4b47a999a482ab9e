// SPDX-License-Identifier: ISC
// The numbers that samples are made of, read without a loop over characters.
// What this has no answer for, number_parse.c has.
#ifndef JSON_SHIM_NUMBER_PARSE_FAST_H
#define JSON_SHIM_NUMBER_PARSE_FAST_H

#include "clones.h"
#include "number_parse.h"
#include "powers_of_ten.h"
#include "swar.h"

/// Bytes that number_scan_fast may look at: sign, 2 * 8 digits, point, 3 * 8
/// digits and what follows.
enum { NUMBER_FAST_BYTES = 48 };

static const uint64_t number_tens[] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
  10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
  1000000000000000, 10000000000000000
};

/// The digits behind the point that begins at *at*, joined to *digits*. Gives
/// how many, up to 24.
IN_CLONES uint32_t
number_fraction_fast(const char* at, uint64_t* digits)
{
  // Most have 7 to 10: two words without a choice between them.
  const uint64_t first = swar_load(at + 1);
  const uint64_t second = swar_load(at + 9);
  const uint32_t n_first = swar_count_digits(first);
  const uint32_t n_second = swar_count_digits(second) & -(n_first >> 3);
  *digits = *digits * number_tens[n_first + n_second] +
            swar_number(first, n_first) * number_tens[n_second] +
            swar_number(second, n_second);
  if (n_first + n_second < 16) {
    return n_first + n_second;
  }
  const uint64_t third = swar_load(at + 17);
  const uint32_t n_third = swar_count_digits(third);
  *digits = *digits * number_tens[n_third] + swar_number(third, n_third);
  return 16 + n_third;
}

/// The digits before the point. Gives how many; 0 when number_scan is to look.
IN_CLONES uint32_t
number_whole_fast(const char* at, uint64_t* digits)
{
  const uint64_t word = swar_load(at);
  const uint32_t n = swar_count_digits(word);
  if (!n || (n > 1 && *at == '0')) {
    return 0;
  }
  *digits = swar_number(word, n);
  if (n < 8) {
    return n;
  }
  const uint64_t second = swar_load(at + 8);
  const uint32_t n_second = swar_count_digits(second);
  *digits = *digits * number_tens[n_second] + swar_number(second, n_second);
  return n_second < 8 ? 8 + n_second : 0;
}

/// number_scan for up to 15 digits before the point and 19 that count in all,
/// without exponent; null for all else. There are NUMBER_FAST_BYTES to read.
IN_CLONES const char*
number_scan_fast(const char* at, struct decimal* out)
{
  out->begin = at;
  out->is_negative = *at == '-';
  out->is_cut = 0;
  at += out->is_negative;

  uint32_t n_whole = 1;
  uint64_t digits = (uint64_t)*at - '0';
  if (at[1] != '.' || digits > 9) {
    n_whole = number_whole_fast(at, &digits);
    if (!n_whole) {
      return 0;
    }
  }
  at += n_whole;
  uint32_t n = 0;
  if (*at == '.') {
    n_whole = digits ? n_whole : 0;
    n = number_fraction_fast(at, &digits);
    if (!n || n == 24 || n + n_whole > 19) {
      return 0;
    }
    at += 1 + n;
  }
  out->digits = digits;
  out->exponent = -(int32_t)n;
  out->end = at;
  return (*at | 0x20) != 'e' ? at : 0;
}

/// What 64 bits of the digits and 64 bits of the power of ten give, after D.
/// Lemire, "Number parsing at a gigabyte per second" (2021): the number lies
/// between high * 2^exponent and (high + slack) * 2^exponent.
struct number_bounds {
  uint64_t high; // 2^62 at least
  uint64_t slack;
  int32_t exponent;
};

/// The digits are not 0, the exponent is one of the table.
static inline struct number_bounds
number_bounds(const struct decimal* number)
{
  // The power lacks less than one unit in its last place, and so does the
  // product of what was dropped; cut digits lack one in their own last place.
  const int32_t n_zeros = __builtin_clzll(number->digits);
  const struct product x =
    product_of(number->digits << n_zeros, power_bits(number->exponent));
  return (struct number_bounds){ x.high, 3 + ((uint64_t)number->is_cut << n_zeros),
                                 power_exponent(number->exponent) - n_zeros + 1 };
}

/// The bits of the float without its sign, or 0 when it is not in the middle
/// of the range, or so near to half of two floats that the bounds leave it open.
IN_CLONES uint32_t
number_f32_bits_fast(const struct decimal* number)
{
  if (!number->digits || number->exponent < -37 || number->exponent > 19) {
    return 0;
  }
  const struct number_bounds b = number_bounds(number);
  const int32_t n_dropped = 39 + (int32_t)(b.high >> 63);
  const uint64_t half = (uint64_t)1 << (n_dropped - 1);
  const uint64_t dropped = b.high & (2 * half - 1);
  if (half - dropped <= b.slack) {
    return 0;
  }
  // The leading bit of what is kept adds one to the exponent.
  return ((uint32_t)(b.exponent + n_dropped + 149) << 23) +
         (uint32_t)(b.high >> n_dropped) + (dropped > half);
}

#endif
