// SPDX-License-Identifier: ISC
// A loop compiled several times over, for wider and wider vectors; the loader
// picks one. In front of a function whose result does not depend on the width:
//   RILL_CLONES static void scale(float* out, const float* in, uint32_t n)
// Only where compiler and C library can; elsewhere nothing.
#ifndef RILL_UTIL_CLONES_H
#define RILL_UTIL_CLONES_H

#if defined(RILL_CLONES) // given from outside, so that a test has only one
#elif defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&  \
  !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define RILL_CLONES                                                            \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RILL_CLONES
#endif

#endif
