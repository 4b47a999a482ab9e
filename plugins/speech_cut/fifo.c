// SPDX-License-Identifier: ISC
#include "fifo.h"

#include <stdlib.h>
#include <string.h>

uint32_t
fifo_count(const struct fifo* f)
{
  return f->end - f->first;
}

static void
move_to_front(struct fifo* f)
{
  const uint32_t n = fifo_count(f);
  memmove(f->items, f->items + f->first * f->item_bytes, n * f->item_bytes);
  f->first = 0;
  f->end = n;
}

static int
grow(struct fifo* f)
{
  const uint32_t max = f->max ? 2 * f->max : 16;
  char* const items = realloc(f->items, max * f->item_bytes);
  if (items) {
    f->items = items;
    f->max = max;
  }
  return items != NULL;
}

int
fifo_push(struct fifo* f, const void* item)
{
  // Moving at most half of the room: on average an item moves once.
  if (f->end == f->max && f->first && f->first >= f->max / 2) {
    move_to_front(f);
  }
  if (f->end == f->max && !grow(f)) {
    return 0;
  }
  memcpy(f->items + f->end++ * f->item_bytes, item, f->item_bytes);
  return 1;
}

void*
fifo_at(const struct fifo* f, uint32_t i)
{
  return f->items + (f->first + i) * f->item_bytes;
}

void
fifo_pop(struct fifo* f)
{
  if (++f->first == f->end) {
    fifo_clear(f);
  }
}

void
fifo_clear(struct fifo* f)
{
  f->first = 0;
  f->end = 0;
}

void
fifo_fini(struct fifo* f)
{
  free(f->items);
  *f = (struct fifo){ .item_bytes = f->item_bytes };
}
