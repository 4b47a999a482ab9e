// SPDX-License-Identifier: ISC
// A link: a bounded queue of buffers with one producer and one consumer.
#ifndef ENGINE_LINK_H
#define ENGINE_LINK_H

#include "base/status.h"
#include "engine/buffer.h"

#include <stdatomic.h>
#include <stdint.h>

struct node;

struct link {
  // Read by both, changed only while everybody is parked.
  struct node* from;
  struct node* to;
  uint32_t from_slot;
  uint32_t to_slot;
  uint32_t capacity; // a power of two
  struct buffer** ring;

  _Alignas(64) atomic_uint tail; // written by the producer
  atomic_int ended;              // nothing comes after tail

  _Alignas(64) atomic_uint head; // written by the consumer
  atomic_int closed;             // the consumer takes no more
  atomic_int want_room;          // the producer waits for a place
  uint32_t n_used;               // consumer's: frames of the head taken
};

enum status
link_init(struct link* link, uint32_t capacity);

/// Gives back what is still queued.
void
link_fini(struct link* link);

/// Doubles the capacity. Nobody else touches the link. [parked]
enum status
link_grow(struct link* link);

static inline uint32_t
link_count(const struct link* link)
{
  return atomic_load_explicit(&link->tail, memory_order_acquire) -
         atomic_load_explicit(&link->head, memory_order_acquire);
}

static inline int
link_is_closed(const struct link* link)
{
  return atomic_load_explicit(&link->closed, memory_order_relaxed);
}

/// Whether the producer may send.
static inline int
link_has_room(const struct link* link)
{
  return atomic_load_explicit(&link->tail, memory_order_relaxed) -
             atomic_load_explicit(&link->head, memory_order_acquire) <
           link->capacity ||
         link_is_closed(link);
}

/// Takes the reference. The caller knows that there is room. [producer]
static inline void
link_push(struct link* link, struct buffer* buffer)
{
  const uint32_t tail = atomic_load_explicit(&link->tail, memory_order_relaxed);
  if (link_is_closed(link)) {
    buffer_unref(buffer);
    return;
  }
  link->ring[tail & (link->capacity - 1)] = buffer;
  atomic_store_explicit(&link->tail, tail + 1, memory_order_release);
}

/// The next buffer, still queued, or null. [consumer]
static inline struct buffer*
link_peek(const struct link* link)
{
  const uint32_t head = atomic_load_explicit(&link->head, memory_order_relaxed);
  return head == atomic_load_explicit(&link->tail, memory_order_acquire)
           ? NULL
           : link->ring[head & (link->capacity - 1)];
}

/// Nothing is queued and nothing will come. [consumer]
static inline int
link_is_over(const struct link* link)
{
  return atomic_load_explicit(&link->ended, memory_order_acquire) &&
         !link_peek(link);
}

/// Removes the head, whose reference is now the caller's. [consumer]
/// Not sequentially consistent with want_room, which would cost a third of a
/// hop: a consumer may miss the wish of a producer that missed this pop. The
/// next pop sees it, and if there is none, everybody comes to rest and the
/// producer is found ready (stuck.c).
static inline void
link_pop(struct link* link)
{
  const uint32_t head = atomic_load_explicit(&link->head, memory_order_relaxed);
  link->n_used = 0;
  atomic_store_explicit(&link->head, head + 1, memory_order_release);
}

#endif
