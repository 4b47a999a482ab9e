// SPDX-License-Identifier: ISC
#include "spec/store.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
  CHUNK_BYTES = 32 * 1024,
  LARGE_BYTES = CHUNK_BYTES / 4, // a larger block has a chunk of its own
  ALIGNMENT = 8
};

struct chunk {
  struct chunk* next;
  struct chunk* previous; // null: the first
  size_t n_used;
  size_t n_bytes;
  _Alignas(ALIGNMENT) char data[];
};

struct store {
  struct chunk* chunks; // small blocks come from the first one
  size_t n_left;        // until the limit
  int is_full;
};

struct store*
store_new(size_t limit_bytes)
{
  struct store* const store = mem_new(struct store);
  if (store) {
    store->n_left = limit_bytes;
  }
  return store;
}

void
store_free(struct store* store)
{
  if (!store) {
    return;
  }
  while (store->chunks) {
    struct chunk* const next = store->chunks->next;
    mem_free(store->chunks);
    store->chunks = next;
  }
  mem_free(store);
}

static int
take(struct store* store, size_t n_bytes)
{
  if (n_bytes > store->n_left) {
    store->is_full = 1;
    return 0;
  }
  store->n_left -= n_bytes;
  return 1;
}

// Makes the neighbours of *chunk* point to it.
static void
link_chunk(struct store* store, struct chunk* chunk)
{
  if (chunk->next) {
    chunk->next->previous = chunk;
  }
  if (chunk->previous) {
    chunk->previous->next = chunk;
  } else {
    store->chunks = chunk;
  }
}

static struct chunk*
add_chunk(struct store* store, struct chunk* previous, size_t n_bytes)
{
  struct chunk* const chunk =
    take(store, n_bytes) ? mem_zeroed(1, sizeof *chunk + n_bytes) : NULL;
  if (chunk) {
    chunk->n_bytes = n_bytes;
    chunk->previous = previous;
    chunk->next = previous ? previous->next : store->chunks;
    link_chunk(store, chunk);
  }
  return chunk;
}

static struct chunk*
chunk_for(struct store* store, size_t n_bytes)
{
  struct chunk* const first = store->chunks;
  if (n_bytes > LARGE_BYTES) {
    return add_chunk(store, first, n_bytes);
  }
  if (first && first->n_bytes - first->n_used >= n_bytes) {
    return first;
  }
  return add_chunk(store, NULL, CHUNK_BYTES);
}

// The size of a block; 0: none has that size.
static size_t
block_bytes(size_t n, size_t size)
{
  size_t n_bytes;
  if (__builtin_mul_overflow(n, size, &n_bytes) || n_bytes > SIZE_MAX / 4) {
    return 0;
  }
  return n_bytes ? (n_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT
                 : ALIGNMENT;
}

void*
store_alloc(struct store* store, size_t n, size_t size)
{
  const size_t n_bytes = block_bytes(n, size);
  store->is_full |= !n_bytes;
  struct chunk* const chunk = n_bytes ? chunk_for(store, n_bytes) : NULL;
  if (!chunk) {
    return NULL;
  }
  void* const p = chunk->data + chunk->n_used;
  chunk->n_used += n_bytes;
  return p;
}

// A large block grows where it is, or moves with its chunk and leaves nothing
// behind.
static void*
grow_large(struct store* store, const void* items, size_t n_old, size_t n_new)
{
  const char* const data = items;
  struct chunk* chunk =
    (struct chunk*)(uintptr_t)(data - offsetof(struct chunk, data));
  if (!take(store, n_new - n_old)) {
    return NULL;
  }
  chunk = mem_resize(chunk, 1, sizeof *chunk + n_new);
  if (!chunk) {
    return NULL;
  }
  memset(chunk->data + n_old, 0, n_new - n_old);
  chunk->n_bytes = n_new;
  chunk->n_used = n_new;
  link_chunk(store, chunk);
  return chunk->data;
}

void*
store_grow(struct store* store, const void* items, size_t n, size_t size)
{
  const int has_room = n && (n & (n - 1)); // the capacity is a power of two
  if (has_room) {
    return (void*)(uintptr_t)items;
  }
  const size_t n_old = n ? block_bytes(n, size) : 0;
  const size_t n_new = block_bytes(n ? n * 2 : 1, size);
  if (n_old > LARGE_BYTES && n_new) {
    return grow_large(store, items, n_old, n_new);
  }
  void* const grown = store_alloc(store, n ? n * 2 : 1, size);
  if (grown && n) {
    memcpy(grown, items, n * size);
  }
  return grown;
}

char*
store_strndup(struct store* store, const char* s, size_t n)
{
  char* const copy = store_alloc(store, n + 1, 1);
  if (copy) {
    memcpy(copy, s, n);
  }
  return copy;
}

char*
store_strdup(struct store* store, const char* s)
{
  return store_strndup(store, s, strlen(s));
}

char*
store_join(struct store* store, const char* a, const char* b)
{
  const size_t n = strlen(a);
  const size_t m = strlen(b);
  char* const joined = store_alloc(store, n + m + 1, 1);
  if (joined) {
    memcpy(joined, a, n);
    memcpy(joined + n, b, m);
  }
  return joined;
}

int
store_is_full(const struct store* store)
{
  return store->is_full;
}
