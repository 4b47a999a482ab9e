// SPDX-License-Identifier: ISC
// The seams to the system: allocation, clock, file output, threads. Tests put
// functions of their own into the table to fail the n-th call or to count.
#ifndef BASE_SYS_H
#define BASE_SYS_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct sys {
  void* (*resize)(void* p, size_t n_bytes); // realloc
  int64_t (*now_ns)(void);                  // monotonic
  ssize_t (*write)(int fd, const void* data, size_t n_bytes);
  int (*thread_create)(pthread_t* out, void* (*run)(void*), void* arg);
};

/// The one table. Changed only by tests, before threads start.
extern struct sys sys;

#endif
