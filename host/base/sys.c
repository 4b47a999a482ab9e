// SPDX-License-Identifier: ISC
#include "base/sys.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int64_t
monotonic_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int
thread_create(pthread_t* out, void* (*run)(void*), void* arg)
{
  return pthread_create(out, NULL, run, arg);
}

struct sys sys = { realloc, monotonic_ns, write, thread_create };
