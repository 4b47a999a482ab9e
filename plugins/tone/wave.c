// SPDX-License-Identifier: ISC
#include "wave.h"

#include <math.h>
#include <string.h>

#define TWO_PI 6.283185307179586
#define GOLDEN 0x9e3779b97f4a7c15u // 2^64 divided by the golden ratio

enum { PINK_ROWS = 16 };

void
wave_tune(struct wave* wave, double frequency, double to, uint64_t n_frames)
{
  wave->step = (uint64_t)llrint(frequency * 0x1p63) * 2;
  if (wave->kind == WAVE_SWEEP) {
    wave->growth = log(to / frequency) / (double)n_frames;
    wave->cycles = wave->growth != 0.0 ? frequency / wave->growth : 0.0;
  }
}

// Whole cycles fall off at the top of 64 bits: no drift, however long it runs.
static uint64_t
phase_at(const struct wave* wave, uint64_t frame)
{
  return wave->step * frame;
}

static void
fill_sine(const struct wave* wave, uint64_t first, float* out, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    const int64_t phase = (int64_t)phase_at(wave, first + i);
    out[i] = (float)(wave->level * sin((double)phase * (TWO_PI * 0x1p-64)));
  }
}

// The integral of f * e^(growth * i). A sweep to where it starts is a sine.
static void
fill_sweep(const struct wave* wave, uint64_t first, float* out, uint32_t n)
{
  if (wave->cycles == 0.0) {
    fill_sine(wave, first, out, n);
    return;
  }
  for (uint32_t i = 0; i < n; ++i) {
    const double cycles =
      wave->cycles * expm1(wave->growth * (double)(first + i));
    out[i] = (float)(wave->level * sin(TWO_PI * (cycles - floor(cycles))));
  }
}

static void
fill_square(const struct wave* wave, uint64_t first, float* out, uint32_t n)
{
  const float level = (float)wave->level;
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = phase_at(wave, first + i) >> 63 ? -level : level;
  }
}

// From 0 up to the level, down by two levels, up to 0.
static void
fill_saw(const struct wave* wave, uint64_t first, float* out, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    const int64_t phase = (int64_t)phase_at(wave, first + i);
    out[i] = (float)(wave->level * ((double)phase * 0x1p-63));
  }
}

// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
static inline uint64_t
mixed(uint64_t x)
{
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// The same number for the same key and count, from -2^31 to 2^31 - 1.
static inline int64_t
random_at(uint64_t key, uint64_t count)
{
  return (int32_t)(mixed(key + GOLDEN * count) >> 32);
}

static void
fill_white(double level, uint64_t key, uint64_t first, float* out, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = (float)(level * 0x1p-31 * (double)random_at(key, first + i));
  }
}

// Row r holds a number for 2^(r+1) frames; in each frame only one row changes.
static int64_t
row_at(uint64_t key, uint32_t row, uint64_t frame)
{
  return random_at(mixed(key + row + 1), (frame + (1u << row)) >> (row + 1));
}

// A sum of numbers that change ever more slowly is pink (Voss 1978, McCartney
// 1999). Whole numbers: the order of additions cannot matter.
static void
fill_pink(double level, uint64_t key, uint64_t first, float* out, uint32_t n)
{
  const double factor = level * 0x1p-31 / (PINK_ROWS + 1);
  int64_t rows[PINK_ROWS];
  int64_t sum = 0;
  for (uint32_t r = 0; r < PINK_ROWS; ++r) {
    rows[r] = row_at(key, r, first);
    sum += rows[r];
  }
  for (uint32_t i = 0; i < n; ++i) {
    const uint64_t frame = first + i;
    const uint32_t r = frame ? (uint32_t)__builtin_ctzll(frame) : PINK_ROWS;
    if (r < PINK_ROWS) {
      const int64_t next = row_at(key, r, frame);
      sum += next - rows[r];
      rows[r] = next;
    }
    out[i] = (float)(factor * (double)(sum + random_at(key, frame)));
  }
}

static void
fill_noise(const struct wave* wave, uint32_t channel, uint64_t first,
           float* out, uint32_t n)
{
  const uint64_t key = mixed(wave->seed + GOLDEN * (channel + 1u));
  if (wave->colour == WAVE_PINK) {
    fill_pink(wave->level, key, first, out, n);
  } else {
    fill_white(wave->level, key, first, out, n);
  }
}

void
wave_fill(const struct wave* wave,
          uint32_t channel,
          uint64_t first,
          float* out,
          uint32_t n_frames)
{
  switch (wave->kind) {
    case WAVE_SINE: fill_sine(wave, first, out, n_frames); return;
    case WAVE_SWEEP: fill_sweep(wave, first, out, n_frames); return;
    case WAVE_NOISE: fill_noise(wave, channel, first, out, n_frames); return;
    case WAVE_SQUARE: fill_square(wave, first, out, n_frames); return;
    case WAVE_SAW: fill_saw(wave, first, out, n_frames); return;
    default: memset(out, 0, n_frames * sizeof *out);
  }
  if (wave->kind == WAVE_IMPULSE && !first && n_frames) {
    out[0] = (float)wave->level;
  }
}
