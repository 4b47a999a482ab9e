// SPDX-License-Identifier: ISC
// Many small blocks with one end of life.
#ifndef LOAD_ARENA_H
#define LOAD_ARENA_H

#include <stddef.h>

struct arena_chunk;

/// Zero-initialised is empty.
struct arena {
  struct arena_chunk* chunks;
  size_t n_used; // of the first chunk
};

/// n * size zeroed bytes, aligned for anything; null when memory is out.
void*
arena_new(struct arena* arena, size_t n, size_t size);

/// Frees all blocks.
void
arena_fini(struct arena* arena);

#endif
