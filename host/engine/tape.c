// SPDX-License-Identifier: ISC
#include "engine/tape.h"

#include "base/mem.h"

enum status
tape_init(struct tape* tape, uint32_t n_in, uint32_t capacity)
{
  const size_t n = (size_t)capacity * n_in;
  *tape = (struct tape){ .n_in = n_in, .capacity = capacity };
  tape->calls = mem_new_array(struct tape_call, capacity);
  tape->buffers = mem_new_array(struct buffer*, n);
  tape->io_flags = mem_new_array(uint32_t, n);
  if (!tape->calls || !tape->buffers || !tape->io_flags) {
    tape_fini(tape);
    return STATUS_NO_MEMORY;
  }
  return STATUS_OK;
}

void
tape_fini(struct tape* tape)
{
  tape_drop(tape, tape->n);
  mem_free(tape->calls);
  mem_free(tape->buffers);
  mem_free(tape->io_flags);
  *tape = (struct tape){ 0 };
}

static uint32_t
place(const struct tape* tape, uint32_t index)
{
  return (tape->first + index) % tape->capacity;
}

void
tape_drop(struct tape* tape, uint32_t n)
{
  for (; n; --n) {
    struct buffer** const buffers =
      tape->buffers + (size_t)tape->first * tape->n_in;
    for (uint32_t i = 0; i < tape->n_in; ++i) {
      buffer_unref(buffers[i]);
      buffers[i] = NULL;
    }
    tape->n_frames -= tape->calls[tape->first].n_frames;
    tape->first = place(tape, 1);
    --tape->n;
  }
}

void
tape_push(struct tape* tape, const struct node* node)
{
  tape_drop(tape, tape->n == tape->capacity);
  const uint32_t at = place(tape, tape->n++);
  tape->calls[at] = (struct tape_call){ node->block.flags, node->block.n_frames,
                                        node->block.n_events,
                                        node->block.events };
  tape->n_frames += node->block.n_frames;
  for (uint32_t i = 0; i < tape->n_in; ++i) {
    struct buffer* const b = node->in[i].taken;
    if (b) {
      buffer_ref(b);
    }
    tape->buffers[(size_t)at * tape->n_in + i] = b;
    tape->io_flags[(size_t)at * tape->n_in + i] = node->io_pointers[i]->flags;
  }
}

void
tape_present(const struct tape* tape, uint32_t index, struct node* node)
{
  const uint32_t at = place(tape, index);
  const struct tape_call* const call = &tape->calls[at];
  node->block.flags = call->flags;
  node->block.n_frames = call->n_frames;
  node->block.n_events = call->n_events;
  node->block.events = call->events;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    struct buffer* const b =
      i < tape->n_in ? tape->buffers[(size_t)at * tape->n_in + i] : NULL;
    if (b) {
      buffer_ref(b);
    }
    buffer_unref(node->in[i].taken);
    node->in[i].taken = b;
    node->io_pointers[i]->buffer = b ? &b->shown : NULL;
    node->io_pointers[i]->flags =
      i < tape->n_in ? tape->io_flags[(size_t)at * tape->n_in + i] : 0;
  }
}

void
tape_move(struct tape* to, struct tape* from)
{
  for (; from->n; --from->n) {
    const size_t at = (size_t)place(to, to->n++);
    const size_t old = from->first;
    to->calls[at] = from->calls[old];
    to->n_frames += from->calls[old].n_frames;
    for (size_t i = 0; i < to->n_in; ++i) {
      to->buffers[at * to->n_in + i] = from->buffers[old * from->n_in + i];
      to->io_flags[at * to->n_in + i] = from->io_flags[old * from->n_in + i];
      from->buffers[old * from->n_in + i] = NULL;
    }
    from->first = place(from, 1);
  }
  from->n_frames = 0;
}
