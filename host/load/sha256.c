// SPDX-License-Identifier: ISC
#include "load/sha256.h"

#include "load/sha256_block.h"

#include <stdatomic.h>
#include <string.h>

static const uint32_t start[8] = {
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

const uint32_t sha256_k[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
  0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
  0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t
rotate(uint32_t x, int n)
{
  return x >> n | x << (32 - n);
}

static uint32_t
load_be(const uint8_t* p)
{
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
         p[3];
}

static void
store_be(uint8_t* p, uint64_t value, int n_bytes)
{
  for (int i = 0; i < n_bytes; ++i) {
    p[i] = (uint8_t)(value >> (8 * (n_bytes - 1 - i)));
  }
}

static void
expand(const uint8_t* data, uint32_t w[64])
{
  for (int i = 0; i < 16; ++i) {
    w[i] = load_be(data + 4 * i);
  }
  for (int i = 16; i < 64; ++i) {
    const uint32_t a = w[i - 15];
    const uint32_t b = w[i - 2];
    w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
           (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
  }
}

static void
mix(uint32_t state[8], const uint32_t words[64])
{
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
#pragma GCC unroll 8
  for (int i = 0; i < 64; ++i) {
    const uint32_t t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                        (g ^ (e & (f ^ g))) + sha256_k[i] + words[i];
    const uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
                        ((a & b) | (c & (a | b)));
    h = g, g = f, f = e, e = d + t1;
    d = c, c = b, b = a, a = t1 + t2;
  }
  const uint32_t mixed[8] = { a, b, c, d, e, f, g, h };
  for (int i = 0; i < 8; ++i) {
    state[i] += mixed[i];
  }
}

void
sha256_blocks_plain(uint32_t state[8], const uint8_t* data, size_t n_blocks)
{
  for (; n_blocks; --n_blocks, data += SHA256_BLOCK) {
    uint32_t w[64];
    expand(data, w);
    mix(state, w);
  }
}

// The last one or two blocks: what is left, a one bit, zeros, the length.
static size_t
pad(uint8_t tail[2 * SHA256_BLOCK], const uint8_t* data, size_t n_bytes)
{
  const size_t n_left = n_bytes % SHA256_BLOCK;
  const size_t n_tail = n_left < SHA256_BLOCK - 8 ? 1 : 2;
  memset(tail, 0, 2 * SHA256_BLOCK);
  if (n_left) {
    memcpy(tail, data + n_bytes - n_left, n_left);
  }
  tail[n_left] = 0x80;
  store_be(tail + n_tail * SHA256_BLOCK - 8, (uint64_t)n_bytes * 8, 8);
  return n_tail;
}

static void
digest(sha256_blocks_fn* blocks, const void* data, size_t n_bytes, uint8_t* out)
{
  uint32_t state[8];
  uint8_t tail[2 * SHA256_BLOCK];
  memcpy(state, start, sizeof state);
  blocks(state, data, n_bytes / SHA256_BLOCK);
  const size_t n_tail = pad(tail, data, n_bytes);
  blocks(state, tail, n_tail);
  for (int i = 0; i < 8; ++i) {
    store_be(out + 4 * i, state[i], 4);
  }
}

void
sha256_plain(const void* data, size_t n_bytes, uint8_t out[SHA256_BYTES])
{
  digest(sha256_blocks_plain, data, n_bytes, out);
}

void
sha256(const void* data, size_t n_bytes, uint8_t out[SHA256_BYTES])
{
  // Asked once: a virtual machine takes tens of microseconds to answer.
  static _Atomic(sha256_blocks_fn*) known;
  sha256_blocks_fn* blocks = atomic_load_explicit(&known, memory_order_relaxed);
  if (!blocks) {
    sha256_blocks_fn* const fast = sha256_blocks_fast();
    blocks = fast ? fast : sha256_blocks_plain;
    atomic_store_explicit(&known, blocks, memory_order_relaxed);
  }
  digest(blocks, data, n_bytes, out);
}

void
sha256_hex(const void* data, size_t n_bytes, char out[SHA256_HEX])
{
  static const char digits[] = "0123456789abcdef";
  uint8_t bytes[SHA256_BYTES];
  sha256(data, n_bytes, bytes);
  for (int i = 0; i < SHA256_BYTES; ++i) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  out[SHA256_HEX - 1] = '\0';
}
