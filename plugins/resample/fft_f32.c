// SPDX-License-Identifier: ISC
// Windows in single precision.
#define REAL float
#define REAL_BYTES 4
#define REAL_NAME(name) name##_f32

#include "fft_run.h"

#include "blocks_run.h"

// The transform only reads what it is given.
static struct fft_planes
windows_f32(const struct blocks* b, const float* first, const float* second)
{
  (void)b;
  return (struct fft_planes){ (void*)(uintptr_t)first,
                              (void*)(uintptr_t)second };
}

#include "band.h"
