// SPDX-License-Identifier: ISC
// The hot loops for several widths of vectors. No sum is put in another order
// and nothing is contracted, so that all give the same bits.
#ifndef RESAMPLE_CLONES_H
#define RESAMPLE_CLONES_H

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&      \
  !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) &&             \
  !defined(RESAMPLE_PLAIN)
#define RESAMPLE_CLONES                                                        \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RESAMPLE_CLONES
#endif

#endif
