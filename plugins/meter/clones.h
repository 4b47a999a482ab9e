// SPDX-License-Identifier: ISC
// Hot loops are compiled once for each level of the processor, with the same
// results.
#ifndef METER_CLONES_H
#define METER_CLONES_H

#if defined(METER_CLONES) // a test wants only one
#elif defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&  \
  !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define METER_CLONES                                                           \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define METER_CLONES
#endif

#endif
