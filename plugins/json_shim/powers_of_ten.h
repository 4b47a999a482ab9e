// SPDX-License-Identifier: ISC
// Powers of ten as far as a float and 19 digits can reach.
#ifndef JSON_SHIM_POWERS_OF_TEN_H
#define JSON_SHIM_POWERS_OF_TEN_H

#include <stdint.h>

enum { POWER_LOW = -65, POWER_HIGH = 45 };
enum { POWER_LAST_EXACT = 27 }; // from 0 on: the power fits in 64 bits

/// The first 64 bits of 10^(POWER_LOW + i), rounded down:
///   10^e = (bits + less than 1) * 2^(power_exponent(e) - 63)
extern const uint64_t powers_of_ten[POWER_HIGH - POWER_LOW + 1];

static inline uint64_t
power_bits(int32_t e)
{
  return powers_of_ten[e - POWER_LOW];
}

static inline int
power_is_exact(int32_t e)
{
  return e >= 0 && e <= POWER_LAST_EXACT;
}

/// floor(log2(10^e)), for e of the table.
static inline int32_t
power_exponent(int32_t e)
{
  return e * 1741647 >> 19;
}

struct product {
  uint64_t high;
  uint64_t low;
};

static inline struct product
product_of(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 wide;
  const wide x = (wide)a * b;
  return (struct product){ (uint64_t)(x >> 64), (uint64_t)x };
#else
  const uint64_t a0 = (uint32_t)a;
  const uint64_t b0 = (uint32_t)b;
  const uint64_t middle = (a >> 32) * b0 + (a0 * b0 >> 32);
  const uint64_t cross = a0 * (b >> 32) + (uint32_t)middle;
  return (struct product){ (a >> 32) * (b >> 32) + (middle >> 32) + (cross >> 32), a * b };
#endif
}

#endif
