// SPDX-License-Identifier: ISC
// The jobs as direct loops: the least code that does them, written for a reader
// and left to the compiler. Tables are made before the clock runs.
#ifndef BENCH_SEED_DIRECT_H
#define BENCH_SEED_DIRECT_H

#include "bench/seed.h"

enum {
  DIRECT_MAX_FRAMES = 1000000,
  DIRECT_UP = 160, // 16000 / 44100
  DIRECT_DOWN = 441,
  DIRECT_TAPS = 90, // 16 zero crossings a side at the lower rate
  DIRECT_OUT_FRAMES = 16001,
  DIRECT_WINDOW = 1323, // 30 ms
  DIRECT_MAX_WINDOWS = 67
};

struct direct_convert {
  union {
    int16_t s16[DIRECT_MAX_FRAMES];
    int32_t s32[DIRECT_MAX_FRAMES];
    float f32[DIRECT_MAX_FRAMES];
  } out;
};

struct direct_resample {
  float taps[DIRECT_UP][DIRECT_TAPS];
  float out[2][DIRECT_OUT_FRAMES];
};

struct direct_vad {
  float joined[2 * 44100]; // interleaved, as the old node had it
  double window[DIRECT_WINDOW];
  double re[DIRECT_WINDOW]; // of the bin that the sum leaves out
  double im[DIRECT_WINDOW];
  int speech[DIRECT_MAX_WINDOWS];
};

struct direct_pipeline {
  struct direct_vad vad;
  struct direct_resample resample;
  int16_t out[2][DIRECT_OUT_FRAMES];
};

void
direct_f32_to_s16(const struct clip* clip, void* work);

void
direct_s16_to_f32(const struct clip* clip, void* work);

void
direct_f32_to_s32(const struct clip* clip, void* work);

void
direct_s16_to_s32(const struct clip* clip, void* work);

void
direct_resample_init(void* work);

void
direct_resample(const struct clip* clip, void* work);

void
direct_vad_init(void* work);

void
direct_vad(const struct clip* clip, void* work);

void
direct_pipeline_init(void* work);

void
direct_pipeline(const struct clip* clip, void* work);

#endif
