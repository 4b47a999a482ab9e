// SPDX-License-Identifier: ISC
// Samples that lie apart to where they lie side by side, and back. The sizes
// are constants in the loops, so that each copy is one load and one store.
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
