// SPDX-License-Identifier: ISC
// Hot loops are compiled once for each level of the processor: here it is the
// shifts and bit counts of the third level that a tenth of the time is in.
#ifndef JSON_SHIM_CLONES_H
#define JSON_SHIM_CLONES_H

#ifndef CLONES
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&              \
  !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#endif

/// A part of such a loop: only what is put into a clone is compiled with it.
#define IN_CLONES static inline __attribute__((always_inline))

#endif
