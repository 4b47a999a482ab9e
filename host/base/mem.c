// SPDX-License-Identifier: ISC
#include "base/mem.h"

#include "base/sys.h"

#include <stdatomic.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static atomic_uint_fast64_t n_allocations;
static atomic_int_fast64_t fail_in; // counts down to the failure; 0: never
static int fail_for_ever;

static int
must_fail(void)
{
  atomic_fetch_add_explicit(&n_allocations, 1, memory_order_relaxed);
  int64_t left = atomic_load_explicit(&fail_in, memory_order_relaxed);
  while (left && !(left == 1 && fail_for_ever) &&
         !atomic_compare_exchange_weak(&fail_in, &left, left - 1)) {
  }
  return left == 1;
}

void*
mem_resize(void* p, size_t n, size_t size)
{
  size_t n_bytes;
  if (must_fail() || __builtin_mul_overflow(n, size, &n_bytes)) {
    return NULL;
  }
  return sys.resize(p, n_bytes ? n_bytes : 1);
}

void*
mem_zeroed(size_t n, size_t size)
{
  void* const p = mem_resize(NULL, n, size);
  return p ? memset(p, 0, n * size) : NULL;
}

void*
mem_grow(void* items, size_t n, size_t* capacity, size_t size)
{
  if (n < *capacity) {
    return items;
  }
  const size_t wanted = *capacity ? *capacity * 2 : 8;
  void* const grown = mem_resize(items, wanted, size);
  if (grown) {
    *capacity = wanted;
  }
  return grown;
}

void*
mem_aligned(size_t n_bytes)
{
  if (must_fail()) {
    return NULL;
  }
  void* p = NULL;
  return posix_memalign(&p, 64, n_bytes ? n_bytes : 1) ? NULL : p;
}

void
mem_free_aligned(void* p)
{
  free(p);
}

void
mem_free(void* p)
{
  free(p);
}

char*
mem_strdup(const char* s)
{
  return s ? mem_strndup(s, strlen(s)) : NULL;
}

char*
mem_strndup(const char* s, size_t n)
{
  char* const copy = mem_resize(NULL, n + 1, 1);
  if (copy) {
    memcpy(copy, s, n);
    copy[n] = '\0';
  }
  return copy;
}

uint64_t
mem_count(void)
{
  return atomic_load(&n_allocations);
}

void
mem_fail_at(uint64_t n, int persistent)
{
  fail_for_ever = persistent;
  atomic_store(&fail_in, (int64_t)n);
}

uint64_t
mem_fail_at_left(void)
{
  return (uint64_t)atomic_load(&fail_in);
}

#ifdef __GLIBC__
enum { GROW_BYTES = 256 << 10, KEEP_BYTES = 16 << 20, MAP_BYTES = 1 << 20 };

void
mem_keep_freed(void)
{
  mallopt(M_TOP_PAD, GROW_BYTES);
  mallopt(M_TRIM_THRESHOLD, KEEP_BYTES);
  mallopt(M_MMAP_THRESHOLD, MAP_BYTES);
}
#else
void
mem_keep_freed(void)
{
}
#endif
