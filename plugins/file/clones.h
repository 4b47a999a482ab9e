// SPDX-License-Identifier: ISC
// Hot loops are compiled once for each level of the processor.
#ifndef FILE_CLONES_H
#define FILE_CLONES_H

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&      \
  !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FILE_CLONES                                                            \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FILE_CLONES
#endif

#endif
