// SPDX-License-Identifier: ISC
#include "load/arena.h"

#include "base/mem.h"

#include <stdalign.h>

// The first chunk is small: most arenas stay so, and a page costs a microsecond.
enum { FIRST_BYTES = 512, CHUNK_BYTES = 4096, ALIGNMENT = alignof(max_align_t) };

struct arena_chunk {
  struct arena_chunk* next;
  size_t n_bytes;
  alignas(max_align_t) char data[];
};

static int
add_chunk(struct arena* arena, size_t n_bytes)
{
  const size_t usual = arena->chunks ? CHUNK_BYTES : FIRST_BYTES;
  const size_t n = n_bytes > usual ? n_bytes : usual;
  struct arena_chunk* const chunk = mem_zeroed(1, sizeof *chunk + n);
  if (!chunk) {
    return 0;
  }
  *chunk = (struct arena_chunk){ arena->chunks, n };
  arena->chunks = chunk;
  arena->n_used = 0;
  return 1;
}

void*
arena_new(struct arena* arena, size_t n, size_t size)
{
  size_t n_bytes;
  if (__builtin_mul_overflow(n, size, &n_bytes) ||
      __builtin_add_overflow(n_bytes, ALIGNMENT - 1, &n_bytes)) {
    return NULL;
  }
  n_bytes -= n_bytes % ALIGNMENT;
  if ((!arena->chunks || n_bytes > arena->chunks->n_bytes - arena->n_used) &&
      !add_chunk(arena, n_bytes)) {
    return NULL;
  }
  void* const p = arena->chunks->data + arena->n_used;
  arena->n_used += n_bytes;
  return p;
}

void
arena_fini(struct arena* arena)
{
  while (arena->chunks) {
    struct arena_chunk* const next = arena->chunks->next;
    mem_free(arena->chunks);
    arena->chunks = next;
  }
  arena->n_used = 0;
}
