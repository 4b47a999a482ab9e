// SPDX-License-Identifier: ISC
// How floating point behaves is the host's: a plugin that changes it would
// change the bytes of all nodes that run after it on this thread.
#ifndef ENGINE_FLOAT_MODE_H
#define ENGINE_FLOAT_MODE_H

#if defined(__SSE__)
#include <xmmintrin.h>

static inline unsigned
float_mode(void)
{
  return _mm_getcsr() & ~0x3fu; // without the sticky exception flags
}

static inline void
restore_float_mode(unsigned mode)
{
  if (float_mode() != mode) {
    _mm_setcsr(mode);
  }
}
#else
static inline unsigned
float_mode(void)
{
  return 0;
}

static inline void
restore_float_mode(unsigned mode)
{
  (void)mode;
}
#endif

#endif
