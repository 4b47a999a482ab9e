// SPDX-License-Identifier: ISC
#include "engine/buffer.h"

#include "base/mem.h"
#include "engine/layout.h"

#include <string.h>

enum { CANARY = 0xa5 };

static unsigned char*
canary_of(const struct buffer* b)
{
  return (unsigned char*)b->memory + b->memory_bytes - LAYOUT_GUARD;
}

static void
buffer_free(struct buffer* b)
{
  for (uint32_t i = 0; i < b->metas_room; ++i) {
    if (b->metas[i]) {
      mem_free(b->metas[i]->data);
      mem_free(b->metas[i]->uri);
      mem_free(b->metas[i]);
    }
  }
  mem_free(b->metas);
  mem_free(b->planes);
  mem_free_aligned(b->memory);
  mem_free_aligned(b);
}

static enum status
give_memory(struct buffer* b, const struct pool* pool)
{
  if (buffer_need_planes(b, layout_n_planes(&pool->format))) {
    return STATUS_NO_MEMORY;
  }
  b->memory_bytes = layout_bytes(&pool->format, pool->n_frames);
  if (!b->memory_bytes || !(b->memory = mem_aligned(b->memory_bytes))) {
    return STATUS_NO_MEMORY;
  }
  // What nobody has written yet is read as zeros, never as old secrets.
  memset(b->memory, 0, b->memory_bytes);
  memset(canary_of(b), CANARY, LAYOUT_GUARD);
  return STATUS_OK;
}

static struct buffer*
make_buffer(struct pool* pool)
{
  struct buffer* const b = mem_aligned(sizeof *b);
  if (!b) {
    return NULL;
  }
  *b = (struct buffer){ .home = pool, .format = pool->format };
  if (pool->n_frames && give_memory(b, pool)) {
    buffer_free(b);
    return NULL;
  }
  ++pool->n_made;
  atomic_fetch_add_explicit(&pool->counts->n_made, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&pool->counts->n_bytes, b->memory_bytes,
                            memory_order_relaxed);
  return b;
}

void
pool_init(struct pool* pool, const struct rill_format* format,
          uint32_t n_frames, struct pool_counts* counts)
{
  *pool = (struct pool){ .n_frames = n_frames, .counts = counts };
  if (format) {
    pool->format = *format;
  }
}

static void
free_list(struct buffer* b)
{
  while (b) {
    struct buffer* const next = b->next;
    buffer_free(b);
    b = next;
  }
}

void
pool_fini(struct pool* pool)
{
  free_list(pool->ready);
  free_list(atomic_exchange(&pool->returned, NULL));
  pool->ready = NULL;
}

int
pool_is_home(struct pool* pool)
{
  struct buffer* b =
    atomic_exchange_explicit(&pool->returned, NULL, memory_order_acquire);
  while (b) {
    struct buffer* const next = b->next;
    b->next = pool->ready;
    pool->ready = b;
    b = next;
  }
  uint32_t n = 0;
  for (b = pool->ready; b; b = b->next) {
    ++n;
  }
  return n == pool->n_made;
}

// A plugin may have bent what it was lent: all of it is set again.
static void
reset_shown(struct buffer* b, const struct pool* pool)
{
  const uint32_t n_planes = pool->n_frames ? layout_n_planes(&b->format) : 0;
  b->shown = (struct rill_buffer){
    .size = sizeof b->shown,
    .flags = RILL_BUFFER_WRITABLE,
    .format = &b->format,
    .planes = b->planes,
    .n_planes = n_planes,
    .capacity_frames = pool->n_frames,
    .metas = (const struct rill_meta* const*)b->metas,
  };
  if (n_planes) {
    layout_planes(&b->format, pool->n_frames, b->memory, b->planes);
  }
}

struct buffer*
pool_take(struct pool* pool)
{
  struct buffer* b = pool->ready;
  if (!b) {
    // The whole list at once: no buffer can be taken twice (no ABA).
    b = atomic_exchange_explicit(&pool->returned, NULL, memory_order_acquire);
  }
  if (b) {
    pool->ready = b->next;
  } else if (!(b = make_buffer(pool))) {
    return NULL;
  }
  reset_shown(b, pool);
  b->next = NULL;
  atomic_store_explicit(&b->n_refs, 1, memory_order_relaxed);
  ++pool->n_taken;
  return b;
}

enum status
pool_warm(struct pool* pool, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    struct buffer* const b = make_buffer(pool);
    if (!b) {
      return STATUS_NO_MEMORY;
    }
    b->next = pool->ready;
    pool->ready = b;
  }
  return STATUS_OK;
}

static void
give_back(struct buffer* b)
{
  struct pool* const pool = b->home;
  struct buffer* first = atomic_load_explicit(&pool->returned, memory_order_relaxed);
  do {
    b->next = first;
  } while (!atomic_compare_exchange_weak_explicit(&pool->returned, &first, b,
                                                  memory_order_release,
                                                  memory_order_relaxed));
}

void
buffer_ref(struct buffer* b)
{
  atomic_fetch_add_explicit(&b->n_refs, 1, memory_order_relaxed);
}

void
buffer_unref(struct buffer* b)
{
  while (b) {
    // Who holds the only reference needs no locked instruction.
    if (atomic_load_explicit(&b->n_refs, memory_order_acquire) != 1 &&
        atomic_fetch_sub_explicit(&b->n_refs, 1, memory_order_acq_rel) != 1) {
      return;
    }
    struct buffer* const parent = b->parent;
    if (b->done) {
      b->done(b->done_arg);
      b->done = NULL;
      atomic_fetch_sub(b->n_wraps, 1);
    }
    b->parent = NULL;
    give_back(b);
    b = parent;
  }
}

int
buffer_is_sole(const struct buffer* b)
{
  return b->memory && atomic_load_explicit(&b->n_refs, memory_order_acquire) == 1;
}

int
buffer_canary_intact(const struct buffer* b)
{
  const unsigned char* const canary = canary_of(b);
  for (int i = 0; i < LAYOUT_GUARD; ++i) {
    if (canary[i] != CANARY) {
      return 0;
    }
  }
  return 1;
}
