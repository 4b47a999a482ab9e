// SPDX-License-Identifier: ISC
// Most samples, and whole numbers. The shortest decimal is found as in R.
// Giulietti, "The Schubfach way to render doubles" (2020), here in exact
// integers; number_text_any.c has the general form.
#include "number_text.h"

#include "clones.h"
#include "number_text_any.h"
#include "swar.h"

#include <string.h>

enum {
  FRACTION_BITS = 23,
  COMMON_FIRST = 0x37800000, // bits of 2^-16
  COMMON_END = 0x3f800000    // bits of 1
};

// 10^(8 + i)
static const uint64_t tens_to[] = { 100000000, 1000000000, 10000000000,
                                    100000000000, 1000000000000 };

// With c * 2^-t, the float, and 10^m at the places behind the point that are
// enough for it, n = c * 10^m is below 2^64, and n / 2^t is in units of the
// last place. Only a power of two has a nearer neighbour below.
static inline int
is_common(uint32_t bits)
{
  return bits - COMMON_FIRST < COMMON_END - COMMON_FIRST && bits << 9;
}

// The digits behind the point, m places.
IN_CLONES uint32_t
common_digits(uint32_t c, uint32_t t, uint64_t power)
{
  const uint64_t one = (uint64_t)1 << t;
  const uint64_t n = c * power;
  const uint64_t reach = power / 2 - (c & 1); // ends belong to even floats
  const uint32_t whole = (uint32_t)(n >> t);
  const uint64_t over = n & (one - 1);
  const uint64_t over_tens = ((uint64_t)(whole % 10) << t) + over;

  const uint32_t has_tens_below = over_tens <= reach;
  const uint32_t has_tens_above = 10 * one - over_tens <= reach;
  const uint32_t has_below = over <= reach;
  const uint32_t has_above = one - over <= reach;
  const uint32_t is_nearer_above = 2 * over + (whole & 1) > one;
  const uint32_t up = chosen(has_below ^ has_above, has_above, is_nearer_above);
  return chosen(has_tens_below ^ has_tens_above,
                whole / 10 * 10 + 10 * has_tens_above, whole + up);
}

IN_CLONES char*
put_common(char* to, uint32_t bits)
{
  const uint32_t t = 150 - (bits >> FRACTION_BITS);
  const uint32_t m = (t * 315653 >> 20) + 1; // t * log10(2), rounded up
  const uint32_t c = (bits & ((1u << FRACTION_BITS) - 1)) | 1u << FRACTION_BITS;
  const uint32_t x = common_digits(c, t, tens_to[m - 8]);

  // Nine digits after m - 9 zeros; where m is 8, the first of them is a zero
  // that the point takes the place of.
  const uint64_t others = swar_digits(x % 100000000);
  swar_store(to, SWAR_EACH('0'));
  to += m - 7;
  *to = (char)('0' + x / 100000000);
  swar_store(to + 1, others | SWAR_EACH('0'));
  to[8 - (int32_t)m] = '.';
  return to + 9 - (others ? (uint32_t)__builtin_clzll(others) / 8 : 8);
}

IN_CLONES char*
put_f32(char* to, float x)
{
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  *to = '-';
  to += bits >> 31;
  bits &= 0x7fffffff;
  return is_common(bits) ? put_common(to, bits) : number_text_any(to, bits);
}

char*
number_text_f32(char* to, float x)
{
  return put_f32(to, x);
}

// Eight digits, of which a shift drops the zeros in front.
IN_CLONES char*
put_below_8(char* to, uint32_t x)
{
  const uint64_t digits = swar_digits(x);
  const uint32_t n_zeros = digits ? (uint32_t)__builtin_ctzll(digits) / 8 : 7;
  swar_store(to, (digits | SWAR_EACH('0')) >> 8 * n_zeros);
  return to + 8 - n_zeros;
}

IN_CLONES char*
put_i32(char* to, int32_t x)
{
  *to = '-';
  to += x < 0;
  const uint32_t size = x < 0 ? 0u - (uint32_t)x : (uint32_t)x;
  if (size < 100000000) {
    return put_below_8(to, size);
  }
  to = put_below_8(to, size / 100000000);
  swar_store(to, swar_digits(size % 100000000) | SWAR_EACH('0'));
  return to + 8;
}

char*
number_text_i32(char* to, int32_t x)
{
  return put_i32(to, x);
}

// Static: the names of clones are seen from outside otherwise.
CLONES static char*
f32_list(char* to, const float* x, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    to = put_f32(to, x[i]);
    *to++ = ',';
  }
  return to;
}

CLONES static char*
s16_list(char* to, const int16_t* x, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    to = put_i32(to, x[i]);
    *to++ = ',';
  }
  return to;
}

CLONES static char*
s32_list(char* to, const int32_t* x, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    to = put_i32(to, x[i]);
    *to++ = ',';
  }
  return to;
}

char*
number_text_f32_list(char* to, const float* x, uint32_t n)
{
  return f32_list(to, x, n);
}

char*
number_text_s16_list(char* to, const int16_t* x, uint32_t n)
{
  return s16_list(to, x, n);
}

char*
number_text_s32_list(char* to, const int32_t* x, uint32_t n)
{
  return s32_list(to, x, n);
}
