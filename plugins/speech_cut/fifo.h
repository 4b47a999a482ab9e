// SPDX-License-Identifier: ISC
// A queue of plain items in one array, which grows when it must.
#ifndef SPEECH_CUT_FIFO_H
#define SPEECH_CUT_FIFO_H

#include <stddef.h>
#include <stdint.h>

/// Zeroed memory with item_bytes is empty.
struct fifo {
  char* items;
  size_t item_bytes;
  uint32_t first;
  uint32_t end;
  uint32_t max;
};

/// Copies *item* to the end. 0 without memory.
int
fifo_push(struct fifo* fifo, const void* item);

uint32_t
fifo_count(const struct fifo* fifo);

/// The *i*-th item from the front. It exists; valid until the next push.
void*
fifo_at(const struct fifo* fifo, uint32_t i);

/// Drops the item in front.
void
fifo_pop(struct fifo* fifo);

/// Drops all, keeps the memory.
void
fifo_clear(struct fifo* fifo);

void
fifo_fini(struct fifo* fifo);

#endif
