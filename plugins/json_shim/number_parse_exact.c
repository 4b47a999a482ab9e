// SPDX-License-Identifier: ISC
// Both sides as whole numbers of up to 1280 bits: this is the last resort, and
// plain.
#include "number_parse_exact.h"

#include <string.h>

// A number half way between two floats has 113 digits at most. What follows
// after these only says that it is not exactly there.
enum { FIRST_DIGITS = 19, MORE_DIGITS = 105, N_LIMBS = 40 };

struct big {
  uint32_t limbs[N_LIMBS]; // the lowest first
  uint32_t n;
};

static void
big_set(struct big* b, uint64_t x)
{
  b->limbs[0] = (uint32_t)x;
  b->limbs[1] = (uint32_t)(x >> 32);
  b->n = 2;
}

// b * factor + more
static void
big_step(struct big* b, uint32_t factor, uint32_t more)
{
  uint64_t carry = more;
  for (uint32_t i = 0; i < b->n; ++i) {
    carry += (uint64_t)b->limbs[i] * factor;
    b->limbs[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry && b->n < N_LIMBS) {
    b->limbs[b->n++] = (uint32_t)carry;
  }
}

static void
big_times_power_of_ten(struct big* b, int32_t e)
{
  for (; e >= 9; e -= 9) {
    big_step(b, 1000000000, 0);
  }
  for (; e > 0; --e) {
    big_step(b, 10, 0);
  }
}

static void
big_times_power_of_two(struct big* b, int32_t e)
{
  for (; e >= 31; e -= 31) {
    big_step(b, (uint32_t)1 << 31, 0);
  }
  if (e > 0) {
    big_step(b, (uint32_t)1 << e, 0);
  }
}

static uint32_t
limb_of(const struct big* b, uint32_t i)
{
  return i < b->n ? b->limbs[i] : 0;
}

static int
big_compare(const struct big* a, const struct big* b)
{
  for (uint32_t i = N_LIMBS; i-- > 0;) {
    const uint32_t x = limb_of(a, i);
    const uint32_t y = limb_of(b, i);
    if (x != y) {
      return x > y ? 1 : -1;
    }
  }
  return 0;
}

// The digits behind the first 19 that count, from the text, into *b*. Gives
// how many.
static int32_t
take_more_digits(struct big* b, const struct decimal* number)
{
  int32_t n = -FIRST_DIGITS;
  int has_begun = 0;
  for (const char* at = number->begin; at < number->end && (*at | 0x20) != 'e'; ++at) {
    has_begun |= *at >= '1' && *at <= '9';
    if (!has_begun || *at == '.') {
      continue;
    }
    if (n == MORE_DIGITS && *at != '0') {
      big_step(b, 10, 1); // something follows: that is all it says
      return n + 1;
    }
    if (n >= 0 && n < MORE_DIGITS) {
      big_step(b, 10, (uint32_t)(*at - '0'));
    }
    n += n < MORE_DIGITS;
  }
  return n;
}

int
number_compare_exact(const struct decimal* number, uint32_t m, int32_t q)
{
  struct big left;
  struct big right;
  int32_t e = number->exponent;
  big_set(&left, number->digits);
  big_set(&right, m);
  if (number->is_cut) {
    e -= take_more_digits(&left, number);
  }
  big_times_power_of_ten(&left, e);
  big_times_power_of_ten(&right, -e);
  big_times_power_of_two(&left, -q);
  big_times_power_of_two(&right, q);
  return big_compare(&left, &right);
}
