// SPDX-License-Identifier: ISC
// Noise by counting: frame p of a channel is always the same number.
#include "samples.h"

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

// The difference of two uniform numbers is triangular, from -1 to 1.
void
noise_fill(double* out, uint64_t key, int64_t position, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    const uint64_t x =
      mixed(key + 0x9e3779b97f4a7c15u * ((uint64_t)position + i));
    out[i] = ((double)(x >> 32) - (double)(x & 0xffffffffu)) * 0x1p-32;
  }
}
