// SPDX-License-Identifier: ISC
// Eight characters at once in one word ("SIMD within a register"). In a word,
// the first character is the lowest byte, on every machine.
#ifndef JSON_SHIM_SWAR_H
#define JSON_SHIM_SWAR_H

#include <stdint.h>
#include <string.h>

#define SWAR_EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

static inline uint64_t
swar_order(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return __builtin_bswap64(word);
#else
  return word;
#endif
}

static inline uint64_t
swar_load(const char* from)
{
  uint64_t word;
  memcpy(&word, from, sizeof word);
  return swar_order(word);
}

static inline void
swar_store(char* to, uint64_t word)
{
  word = swar_order(word);
  memcpy(to, &word, sizeof word);
}

/// How many of the first characters are digits, 0 to 8.
static inline uint32_t
swar_count_digits(uint64_t word)
{
  // A digit is 0 to 9 after the xor; 0x76 carries all others into bit 7. What
  // runs over into the byte above comes from a character that is none.
  const uint64_t values = word ^ SWAR_EACH('0');
  const uint64_t others = ((values + SWAR_EACH(0x76)) | values) & SWAR_EACH(0x80);
  // Without a branch: whether all are digits is as good as random.
  return ((uint32_t)__builtin_ctzll(others >> 7 | (uint64_t)1 << 63) + 1) / 8;
}

/// The number that the first *n* characters write, all digits; *n* to 8.
static inline uint64_t
swar_number(uint64_t word, uint32_t n)
{
  // Zeros in front make it eight digits; two shifts, as one by 64 is undefined.
  const uint32_t half = 4 * (8 - n);
  uint64_t v = ((word ^ SWAR_EACH('0')) << half) << half;
  // Neighbours join: eight digits, four pairs, two fours.
  v = v * 10 + (v >> 8);
  const uint64_t first = (v & 0x000000ff000000ffu) * (100 + (1000000ull << 32));
  const uint64_t second = (v >> 16 & 0x000000ff000000ffu) * (1 + (10000ull << 32));
  return (first + second) >> 32;
}

/// The eight digits of *x*, below 10^8, as values: the first in the lowest byte.
static inline uint64_t
swar_digits(uint32_t x)
{
  const uint64_t fours = x / 10000 | (uint64_t)(x % 10000) << 32;
  // 10486 / 2^20 is 1 / 100 for all of four digits, 103 / 2^10 is 1 / 10 for
  // all of two.
  const uint64_t hundreds = fours * 10486 >> 20 & 0x0000007f0000007fu;
  const uint64_t pairs = hundreds | (fours - 100 * hundreds) << 16;
  const uint64_t tens = pairs * 103 >> 10 & 0x000f000f000f000fu;
  return tens | (pairs - 10 * tens) << 8;
}

#endif
