// SPDX-License-Identifier: ISC
// Noise by counting: frame p of a channel is always the same number.
#include "samples.h"

#include <string.h>

// The finaliser of splitmix64 (Steele, Lea, Flood 2014): every bit of *x*
// changes half of the bits of the result.
static inline uint64_t
mixed(uint64_t x)
{
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

uint64_t
noise_key(uint64_t seed, uint32_t channel)
{
  return mixed(seed + 0x9e3779b97f4a7c15u * (channel + 1u));
}

// A whole number below 2^32 as the lower half of a double of 2^52 and more:
// there is no other conversion that vectors have.
static inline double
above_2_52(uint64_t x)
{
  const uint64_t bits = x | 0x4330000000000000u;
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}

// The difference of two uniform numbers is triangular, from -1 to 1.
RILL_CLONES void
noise_fill(double* out, uint64_t key, int64_t position, uint32_t n)
{
  const uint64_t step = 0x9e3779b97f4a7c15u;
  uint64_t place = key + step * (uint64_t)position;
  for (uint32_t i = 0; i < n; ++i, place += step) {
    const uint64_t x = mixed(place);
    out[i] = (above_2_52(x >> 32) - above_2_52(x & 0xffffffffu)) * 0x1p-32;
  }
}
