// SPDX-License-Identifier: ISC
// R. Giulietti, "The Schubfach way to render doubles" (2020), in its form for
// floats.
#include "number_text_any.h"

#include "powers_of_ten.h"
#include "swar.h"

#include <string.h>

enum {
  FRACTION_BITS = 23,
  LEAST_EXPONENT = -149, // of the last bit of a subnormal
  PLAIN_LOW = -4,        // 0.00001 is written so, less as 9.9e-6
  PLAIN_HIGH = 9         // 123456789.0 is written so, more as 1.2e9
};

/// digits * 10^exponent
struct shortest {
  uint32_t digits;
  int32_t exponent;
};

// The floor of n * g / 2^64, where g is a power of ten that was rounded up, and
// in the last bit whether something follows. The power's error stays below the
// bits that are looked at (section 9.8 of the paper).
static inline uint32_t
rounded_to_odd(uint64_t g, uint64_t n)
{
  const struct product x = product_of(g, n);
  return (uint32_t)x.high | (x.low >> 32 > 1);
}

// The shortest decimal in the rounding interval of c * 2^q, and of those the
// nearest. Low and high are the ends of the interval, value is the float, all
// in quarters of 10^k. The float below a power of two is nearer.
static struct shortest
shortest_of(uint32_t c, int32_t q, uint32_t is_power)
{
  // floor(log10(2^q)), or floor(log10(3/4 * 2^q))
  const int32_t k = (q * 1262611 - (is_power ? 524031 : 0)) >> 22;
  const int32_t h = q + power_exponent(-k) + 1;
  const uint64_t g = power_bits(-k) + !power_is_exact(-k);
  const uint64_t quarters = 4 * (uint64_t)c;
  const uint32_t is_odd = c & 1; // the ends belong to even floats

  const uint32_t value = rounded_to_odd(g, quarters << h);
  const uint32_t low = rounded_to_odd(g, (quarters - 2 + is_power) << h) + is_odd;
  const uint32_t high = rounded_to_odd(g, (quarters + 2) << h) - is_odd;

  const uint32_t s = value / 4;
  const uint32_t tens = s / 10 * 40;
  const uint32_t has_tens_below = low <= tens;
  const uint32_t has_tens_above = tens + 40 <= high;
  const uint32_t has_below = low <= 4 * s;
  const uint32_t has_above = 4 * s + 4 <= high;
  const uint32_t is_nearer_above = value % 4 + (s & 1) > 2;
  const uint32_t up = chosen(has_below ^ has_above, has_above, is_nearer_above);
  const uint32_t is_short = has_tens_below ^ has_tens_above;
  return (struct shortest){ chosen(is_short, s / 10 + has_tens_above, s + up),
                            k + (int32_t)is_short };
}

static struct shortest
shortest_of_bits(uint32_t bits)
{
  const uint32_t fraction = bits & ((1u << FRACTION_BITS) - 1);
  const int32_t exponent = (int32_t)(bits >> FRACTION_BITS);
  if (!exponent) {
    return shortest_of(fraction, LEAST_EXPONENT, 0);
  }
  return shortest_of(fraction | 1u << FRACTION_BITS,
                     exponent + LEAST_EXPONENT - 1, !fraction && exponent > 1);
}

// Nine characters, of which n are wanted: 0.ddd * 10^point
struct nine {
  char at[9];
  uint32_t n;
  int32_t point;
};

static struct nine
nine_digits(struct shortest x)
{
  while (x.digits < 100000000) {
    x.digits *= 10;
    --x.exponent;
  }
  const uint64_t others = swar_digits(x.digits % 100000000);
  const uint32_t n_zeros = others ? (uint32_t)__builtin_clzll(others) / 8 : 8;
  struct nine d = { .n = 9 - n_zeros, .point = x.exponent + 9 };
  d.at[0] = (char)('0' + x.digits / 100000000);
  swar_store(d.at + 1, others | SWAR_EACH('0'));
  return d;
}

static char*
put_fraction(char* to, const struct nine* d)
{
  memcpy(to, "0.000000", 8);
  to += 2 - d->point;
  memcpy(to, d->at, sizeof d->at);
  return to + d->n;
}

static char*
put_plain(char* to, const struct nine* d)
{
  const uint32_t point = (uint32_t)d->point;
  memcpy(to, d->at, point);
  to[point] = '.';
  to[point + 1] = '0';
  if (d->n <= point) {
    return to + point + 2;
  }
  memcpy(to + point + 1, d->at + point, sizeof d->at - point);
  return to + d->n + 1;
}

static char*
put_scientific(char* to, const struct nine* d)
{
  to[0] = d->at[0];
  to[1] = '.';
  memcpy(to + 2, d->at + 1, sizeof d->at - 1);
  to += d->n > 1 ? d->n + 1 : 1;
  int32_t e = d->point - 1;
  *to++ = 'e';
  *to = '-';
  to += e < 0;
  e = e < 0 ? -e : e;
  *to = (char)('0' + e / 10);
  to += e >= 10;
  *to++ = (char)('0' + e % 10);
  return to;
}

char*
number_text_any(char* to, uint32_t bits)
{
  if (!bits) {
    memcpy(to, "0.0", 3);
    return to + 3;
  }
  const struct nine d = nine_digits(shortest_of_bits(bits));
  if (d.point <= 0 && d.point >= PLAIN_LOW) {
    return put_fraction(to, &d);
  }
  return d.point > 0 && d.point <= PLAIN_HIGH ? put_plain(to, &d)
                                              : put_scientific(to, &d);
}
