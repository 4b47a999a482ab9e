// SPDX-License-Identifier: ISC
#include "engine/link.h"

#include "base/mem.h"

enum status
link_init(struct link* link, uint32_t capacity)
{
  uint32_t n = 1;
  while (n < capacity) {
    n *= 2;
  }
  link->capacity = n;
  link->ring = mem_new_array(struct buffer*, n);
  return link->ring ? STATUS_OK : STATUS_NO_MEMORY;
}

void
link_fini(struct link* link)
{
  for (struct buffer* b; link->ring && (b = link_peek(link)); link_pop(link)) {
    buffer_unref(b);
  }
  mem_free(link->ring);
  link->ring = NULL;
}

enum status
link_grow(struct link* link)
{
  const uint32_t old_mask = link->capacity - 1;
  struct buffer** const ring = mem_new_array(struct buffer*, link->capacity * 2);
  if (!ring) {
    return STATUS_NO_MEMORY;
  }
  const uint32_t tail = atomic_load(&link->tail);
  for (uint32_t i = atomic_load(&link->head); i != tail; ++i) {
    ring[i & (link->capacity * 2 - 1)] = link->ring[i & old_mask];
  }
  mem_free(link->ring);
  link->ring = ring;
  link->capacity *= 2;
  return STATUS_OK;
}
