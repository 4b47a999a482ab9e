// SPDX-License-Identifier: ISC
// The limit: memcpy of as many bytes, read and written, as a job moves.
#ifndef TESTS_BENCH_COPY_H
#define TESTS_BENCH_COPY_H

#include <stdlib.h>
#include <string.h>

struct copy {
  void* to;
  void* from;
  size_t n_bytes;
};

/// *copy* is a struct copy.
static inline void
copy_run(void* copy)
{
  const struct copy* const c = copy;
  memcpy(c->to, c->from, c->n_bytes);
  __asm__ volatile("" ::: "memory");
}

/// Aborts without memory.
static inline void
copy_open(struct copy* c, size_t n_bytes)
{
  c->n_bytes = n_bytes;
  c->to = aligned_alloc(64, (n_bytes + 127) / 64 * 64);
  c->from = aligned_alloc(64, (n_bytes + 127) / 64 * 64);
  if (!c->to || !c->from) {
    abort();
  }
  memset(c->from, 1, n_bytes);
  memset(c->to, 1, n_bytes);
}

static inline void
copy_close(struct copy* c)
{
  free(c->to);
  free(c->from);
}

#endif
