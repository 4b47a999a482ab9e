// SPDX-License-Identifier: ISC
#include "engine/inputs.h"

#include "engine/services.h"
#include "engine/state.h"
#include "engine/wide.h"

static int
is_over(const struct in_slot* slot)
{
  return !slot->link || link_is_over(slot->link);
}

static int
all_over(const struct node* node)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (!is_over(&node->in[i])) {
      return 0;
    }
  }
  return 1;
}

// Whether the earliest buffer of the ordered slots is known: each has one
// queued or will never have one again.
static int
order_known(const struct node* node)
{
  int any = 0;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    const struct in_slot* const slot = &node->in[i];
    if (!slot->link || slot->order == SLOT_UNORDERED) {
      continue;
    }
    // The end is read first: a buffer sent before it is then seen too.
    const int ended = atomic_load_explicit(&slot->link->ended, memory_order_acquire);
    if (link_peek(slot->link)) {
      any = 1;
    } else if (!ended) {
      return 0;
    }
  }
  return any;
}

static int
any_unordered(const struct node* node)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (node->in[i].link && node->in[i].order == SLOT_UNORDERED &&
        link_peek(node->in[i].link)) {
      return 1;
    }
  }
  return 0;
}

int
inputs_ready(struct node* node)
{
  if (!node->n_connected) {
    return 1;
  }
  if (node->single) {
    const struct link* const link = node->in[0].link;
    const int ended = atomic_load_explicit(&link->ended, memory_order_acquire);
    return link_peek(link) || ended;
  }
  return any_unordered(node) || order_known(node) || all_over(node);
}

// Media time of the frame that comes next on a slot, as pos / rate.
struct when {
  int64_t pos;
  uint64_t rate; // over den
  uint64_t den;
};

static struct when
next_time(const struct in_slot* slot)
{
  const struct rill_buffer* const b = &link_peek(slot->link)->shown;
  if (!b->format->rate) {
    return (struct when){ b->pts_ns, 1000000000, 1 };
  }
  return (struct when){ b->media_pos + slot->link->n_used, b->format->rate,
                        b->format->rate_den ? b->format->rate_den : 1 };
}

static int
is_earlier(struct when a, struct when b)
{
  return (wide)a.pos * (wide)(a.den * b.rate) <
         (wide)b.pos * (wide)(b.den * a.rate);
}

static int32_t
earliest(const struct node* node)
{
  int32_t best = -1;
  struct when best_time = { 0 };
  for (uint32_t i = 0; i < node->n_in; ++i) {
    const struct in_slot* const slot = &node->in[i];
    if (!slot->link || slot->order == SLOT_UNORDERED || !link_peek(slot->link)) {
      continue;
    }
    const struct when time = next_time(slot);
    if (best < 0 || is_earlier(time, best_time)) {
      best = (int32_t)i;
      best_time = time;
    }
  }
  return best;
}

static void
take_whole(struct in_slot* slot)
{
  slot->taken = link_peek(slot->link);
  link_pop(slot->link);
}

// The next *n* frames of a slot, cut off without a copy.
static enum status
take_frames(struct node* node, struct in_slot* slot, uint32_t n)
{
  struct link* const link = slot->link;
  struct buffer* const b = link_peek(link);
  const uint32_t first = link->n_used;
  if (!first && n == b->shown.n_frames) {
    take_whole(slot);
    return STATUS_OK;
  }
  buffer_ref(b);
  slot->taken = services_slice(node->services, b, first, n);
  if (!slot->taken) {
    buffer_unref(b);
    return STATUS_NO_MEMORY;
  }
  link->n_used = first + n;
  if (link->n_used == b->shown.n_frames) {
    link_pop(link);
    buffer_unref(b);
  }
  return STATUS_OK;
}

static enum status
take_aligned(struct node* node)
{
  uint32_t n = UINT32_MAX;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    const struct in_slot* const slot = &node->in[i];
    const struct buffer* const b =
      slot->link && slot->order == SLOT_ALIGNED ? link_peek(slot->link) : NULL;
    if (b && b->shown.n_frames - slot->link->n_used < n) {
      n = b->shown.n_frames - slot->link->n_used;
    }
  }
  for (uint32_t i = 0; i < node->n_in; ++i) {
    struct in_slot* const slot = &node->in[i];
    if (slot->link && slot->order == SLOT_ALIGNED && link_peek(slot->link) &&
        take_frames(node, slot, n)) {
      return STATUS_NO_MEMORY;
    }
  }
  return STATUS_OK;
}

static void
take_unordered(struct node* node)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    struct in_slot* const slot = &node->in[i];
    if (slot->link && slot->order == SLOT_UNORDERED && link_peek(slot->link)) {
      take_whole(slot);
    }
  }
}

static enum status
take_ordered(struct node* node)
{
  const int32_t first = earliest(node);
  if (first < 0) {
    return STATUS_OK;
  }
  if (node->in[first].order == SLOT_ALIGNED) {
    return take_aligned(node);
  }
  take_whole(&node->in[first]);
  return STATUS_OK;
}

static void
show(struct node* node)
{
  int any = 0;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    struct rill_io* const io = node->io_pointers[i];
    struct buffer* const taken = node->in[i].taken;
    io->buffer = taken ? &taken->shown : NULL;
    io->flags = !taken && is_over(&node->in[i]) ? RILL_IO_END : 0;
    any |= taken != NULL;
  }
  const struct rill_buffer* const first = node->n_in ? node->io_pointers[0]->buffer : NULL;
  node->block.n_frames = first ? first->n_frames : 0;
  stat_add(&node->stats.frames_in, node->block.n_frames);
  if (!any) {
    node->phase = NODE_DRAINING;
    node->block.flags |= RILL_PROCESS_DRAINING;
  }
}

enum status
inputs_take(struct node* node)
{
  if (!node->n_connected) {
    node->block.n_frames = node->engine->plan->block;
    return STATUS_OK;
  }
  if (node->phase == NODE_RUNNING) {
    if (node->single) {
      if (link_peek(node->in[0].link)) {
        take_whole(&node->in[0]);
      }
    } else {
      const int known = order_known(node);
      take_unordered(node);
      if (known && take_ordered(node)) {
        return STATUS_NO_MEMORY;
      }
    }
  }
  show(node);
  return STATUS_OK;
}

void
inputs_release(struct node* node)
{
  for (uint32_t i = 0; !node->again && i < node->n_in; ++i) {
    buffer_unref(node->in[i].taken);
    node->in[i].taken = NULL;
  }
}

void
inputs_close(struct node* node)
{
  node->again = 0;
  inputs_release(node);
  for (uint32_t i = 0; i < node->n_in; ++i) {
    struct link* const link = node->in[i].link;
    if (!link) {
      continue;
    }
    atomic_store(&link->closed, 1);
    for (struct buffer* b; (b = link_peek(link));) {
      link_pop(link);
      buffer_unref(b);
    }
  }
}
