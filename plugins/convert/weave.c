// SPDX-License-Identifier: ISC
// Samples that lie apart to where they lie side by side, and back. The sizes
// are constants in the loops, so that each copy is one load and one store; where
// samples have four bytes, squares of four channels by four frames are turned.
#include "samples.h"

#include <string.h>

static inline __attribute__((always_inline)) void
copy_each(uint8_t* to,
          int64_t to_step,
          const uint8_t* from,
          int64_t from_step,
          uint32_t n,
          uint32_t size)
{
  for (uint32_t i = 0; i < n; ++i) {
    memcpy(to + i * to_step, from + i * from_step, size);
  }
}

static void
copy(uint8_t* to,
     int64_t to_step,
     const uint8_t* from,
     int64_t from_step,
     uint32_t n,
     uint32_t size)
{
  switch (size) {
    case 1: copy_each(to, to_step, from, from_step, n, 1); break;
    case 2: copy_each(to, to_step, from, from_step, n, 2); break;
    case 3: copy_each(to, to_step, from, from_step, n, 3); break;
    case 4: copy_each(to, to_step, from, from_step, n, 4); break;
    default: copy_each(to, to_step, from, from_step, n, 8);
  }
}

void
weave_gather(void* out,
             const void* in,
             int64_t step,
             uint32_t size,
             uint32_t n)
{
  copy((uint8_t*)out, size, (const uint8_t*)in, step, n, size);
}

void
weave_scatter(void* out,
              int64_t step,
              const void* in,
              uint32_t size,
              uint32_t n)
{
  copy((uint8_t*)out, step, (const uint8_t*)in, size, n, size);
}

// Four frames of four channels, or the other way round.
typedef uint32_t __attribute__((vector_size(16))) four;

static inline four
load(const uint8_t* at)
{
  four x;
  memcpy(&x, at, sizeof x);
  return x;
}

static inline void
store(uint8_t* at, four x)
{
  memcpy(at, &x, sizeof x);
}

// Rows become columns.
static inline __attribute__((always_inline)) void
turn(four* x)
{
  const four ab = __builtin_shufflevector(x[0], x[1], 0, 4, 1, 5);
  const four ab_end = __builtin_shufflevector(x[0], x[1], 2, 6, 3, 7);
  const four cd = __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5);
  const four cd_end = __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7);
  x[0] = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
  x[1] = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
  x[2] = __builtin_shufflevector(ab_end, cd_end, 0, 1, 4, 5);
  x[3] = __builtin_shufflevector(ab_end, cd_end, 2, 3, 6, 7);
}

static uint8_t*
sample_at(const struct rill_plane* plane, uint32_t frame)
{
  return (uint8_t*)plane->data + (size_t)frame * 4;
}

// Four channels; *step* is that of the interleaved run, *n* a multiple of 4.
static void
weave_squares(uint8_t* run, int64_t step, const struct rill_plane* planes,
              uint32_t first, uint32_t n)
{
  const uint8_t* const a = sample_at(&planes[0], first);
  const uint8_t* const b = sample_at(&planes[1], first);
  const uint8_t* const c = sample_at(&planes[2], first);
  const uint8_t* const d = sample_at(&planes[3], first);
  for (size_t i = 0; i < (size_t)n * 4; i += 16, run += 4 * step) {
    four x[4] = { load(a + i), load(b + i), load(c + i), load(d + i) };
    turn(x);
    store(run, x[0]);
    store(run + step, x[1]);
    store(run + 2 * step, x[2]);
    store(run + 3 * step, x[3]);
  }
}

static void
part_squares(const struct rill_plane* planes, uint32_t first,
             const uint8_t* run, int64_t step, uint32_t n)
{
  uint8_t* const a = sample_at(&planes[0], first);
  uint8_t* const b = sample_at(&planes[1], first);
  uint8_t* const c = sample_at(&planes[2], first);
  uint8_t* const d = sample_at(&planes[3], first);
  for (size_t i = 0; i < (size_t)n * 4; i += 16, run += 4 * step) {
    four x[4] = { load(run), load(run + step), load(run + 2 * step),
                  load(run + 3 * step) };
    turn(x);
    store(a + i, x[0]);
    store(b + i, x[1]);
    store(c + i, x[2]);
    store(d + i, x[3]);
  }
}

// Where the number of channels is no multiple of four, the last square takes
// some that are done once more.
static uint32_t
square_at(uint32_t c, uint32_t n_channels)
{
  return c + 4 <= n_channels ? c : n_channels - 4;
}

void
weave_words(void* run, const struct rill_plane* planes, uint32_t n_channels,
            uint32_t first, uint32_t n)
{
  const int64_t step = (int64_t)n_channels * 4;
  const uint32_t whole = n_channels < 4 ? 0 : n / 4 * 4;
  uint8_t* const rest = (uint8_t*)run + whole * step;
  for (uint32_t k = 0; whole && k < n_channels; k += 4) {
    const uint32_t c = square_at(k, n_channels);
    weave_squares((uint8_t*)run + 4 * c, step, planes + c, first, whole);
  }
  for (uint32_t c = 0; c < n_channels; ++c) {
    copy(rest + 4 * c, step, sample_at(&planes[c], first + whole), 4, n - whole,
         4);
  }
}

void
part_words(const struct rill_plane* planes, uint32_t first, const void* run,
           uint32_t n_channels, uint32_t n)
{
  const int64_t step = (int64_t)n_channels * 4;
  const uint32_t whole = n_channels < 4 ? 0 : n / 4 * 4;
  const uint8_t* const rest = (const uint8_t*)run + whole * step;
  for (uint32_t k = 0; whole && k < n_channels; k += 4) {
    const uint32_t c = square_at(k, n_channels);
    part_squares(planes + c, first, (const uint8_t*)run + 4 * c, step, whole);
  }
  for (uint32_t c = 0; c < n_channels; ++c) {
    copy(sample_at(&planes[c], first + whole), 4, rest + 4 * c, step, n - whole,
         4);
  }
}
