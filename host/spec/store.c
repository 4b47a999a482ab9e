// SPDX-License-Identifier: ISC
#include "spec/store.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

enum { CHUNK_BYTES = 32 * 1024, ALIGNMENT = 8 };

struct chunk {
  struct chunk* next;
  size_t n_used;
  size_t n_bytes;
  _Alignas(ALIGNMENT) char data[];
};

struct store {
  struct chunk* chunks; // the first one has room
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

static struct chunk*
add_chunk(struct store* store, struct chunk** where, size_t n_bytes)
{
  if (n_bytes > store->n_left) {
    store->is_full = 1;
    return NULL;
  }
  struct chunk* const chunk = mem_zeroed(1, sizeof *chunk + n_bytes);
  if (chunk) {
    store->n_left -= n_bytes;
    chunk->n_bytes = n_bytes;
    chunk->next = *where;
    *where = chunk;
  }
  return chunk;
}

// A large block gets a chunk of its own behind the one that still has room.
static struct chunk*
chunk_for(struct store* store, size_t n_bytes)
{
  struct chunk* const first = store->chunks;
  if (first && first->n_bytes - first->n_used >= n_bytes) {
    return first;
  }
  if (first && n_bytes > CHUNK_BYTES / 4) {
    return add_chunk(store, &first->next, n_bytes);
  }
  return add_chunk(store, &store->chunks,
                   n_bytes > CHUNK_BYTES ? n_bytes : CHUNK_BYTES);
}

void*
store_alloc(struct store* store, size_t n, size_t size)
{
  size_t n_bytes;
  if (__builtin_mul_overflow(n, size, &n_bytes) || n_bytes > SIZE_MAX / 2) {
    store->is_full = 1;
    return NULL;
  }
  n_bytes = (n_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  struct chunk* const chunk = chunk_for(store, n_bytes);
  if (!chunk) {
    return NULL;
  }
  void* const p = chunk->data + chunk->n_used;
  chunk->n_used += n_bytes;
  return p;
}

void*
store_grow(struct store* store, const void* items, size_t n, size_t size)
{
  const int has_room = n && (n & (n - 1)); // the capacity is a power of two
  if (has_room) {
    return (void*)(uintptr_t)items;
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
