// SPDX-License-Identifier: ISC
// Loops by hand for vectors of 32 bytes, where the compiler's are slower by far.
#ifndef CONVERT_WIDE_H
#define CONVERT_WIDE_H

#include "samples.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(CONVERT_PLAIN)
#define CONVERT_WIDE 1
#else
#define CONVERT_WIDE 0
#endif

/// As hot_find and stereo_find, but null also on a processor without AVX2.
const struct hot*
wide_find(const struct conversion* c);

const struct stereo*
wide_stereo_find(const struct conversion* c, uint32_t to_packing);

#if CONVERT_WIDE

#include <xmmintrin.h>

/// Lowers the flag of an invalid operation; gives what was there before.
static inline unsigned
wide_watch(void)
{
  const unsigned before = _mm_getcsr();
  _mm_setcsr(before & ~(unsigned)_MM_EXCEPT_INVALID);
  return before;
}

/// Whether it was raised since; raises it when it was so *before*.
static inline int
wide_saw_invalid(unsigned before)
{
  const unsigned after = _mm_getcsr();
  _mm_setcsr(after | (before & _MM_EXCEPT_INVALID));
  return (after & _MM_EXCEPT_INVALID) != 0;
}

#endif
#endif
