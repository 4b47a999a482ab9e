// SPDX-License-Identifier: ISC
// The queues in front of a rig's inputs, and what tests put into them.
#include "fake_private.h"
#include "rig_private.h"

int
rig_has_queue(const struct rig_in* in)
{
  return in->head < in->n_queue;
}

static void
enqueue(struct rig* rig, struct rig_in* in, struct rill_buffer* b)
{
  // At each power of two it doubles.
  struct rill_buffer** const queue =
    in->n_queue & (in->n_queue - 1)
      ? in->queue
      : realloc(in->queue, (2 * (size_t)in->n_queue + 1) * sizeof *queue);
  if (!queue) {
    rig_breach(rig, "out of memory");
  }
  in->queue = queue;
  in->queue[in->n_queue++] = b;
  b->seq = in->seq++;
  b->flags &= ~(uint32_t)RILL_BUFFER_WRITABLE; // others may hold it
}

struct rill_buffer*
rig_alloc(struct rig* rig, const struct rill_format* format, uint32_t n_frames)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  const uint32_t fail_in = fake_host_fail_alloc(rig->host, 0);
  struct rill_buffer* const b = host->buffers->alloc(host, format, n_frames);
  fake_host_fail_alloc(rig->host, fail_in);
  if (!b) {
    rig_breach(rig, "no buffer for a format of kind %u, encoding %u",
               format->kind, format->encoding);
  }
  return b;
}

struct rill_buffer*
rig_slice(struct rig* rig, struct rill_buffer* b, uint32_t first, uint32_t n)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  const uint32_t fail_in = fake_host_fail_alloc(rig->host, 0);
  struct rill_buffer* const s = host->buffers->slice(host, b, first, n);
  fake_host_fail_alloc(rig->host, fail_in);
  return s;
}

static struct rig_in*
open_input(struct rig* rig, uint32_t slot)
{
  rig_where(rig, "push");
  struct rig_in* const in = rig_in_at(rig, slot);
  if (!rig->is_active || !in->slot.connected) {
    rig_breach(rig, "input %u is not connected, or before the start", slot);
  }
  if (in->ended) {
    rig_breach(rig, "input %u has ended", slot);
  }
  return in;
}

void
rig_push(struct rig* rig, uint32_t slot, struct rill_buffer* buffer)
{
  struct rig_in* const in = open_input(rig, slot);
  fake_buffer_check(rig->host, buffer);
  if (!rill_same_format(buffer->format, &in->slot.format)) {
    rig_breach(rig, "this buffer has another format than input %u", slot);
  }
  if (!rig_is_payload(buffer->format) && buffer->n_frames > rig->max_frames) {
    rig_breach(rig, "%u frames are more than the largest block, %u",
               buffer->n_frames, rig->max_frames);
  }
  in->next_pos = buffer->media_pos + buffer->n_frames;
  enqueue(rig, in, buffer);
}

// A buffer at the slot's position with times set. One that may serve as output
// in place has room for a whole block.
static struct rill_buffer*
next_buffer(struct rig* rig, struct rig_in* in, uint32_t n_frames)
{
  const struct rill_format* const f = &in->slot.format;
  const int roomy = rig->want_in_place && !rig_is_payload(f);
  struct rill_buffer* const b =
    rig_alloc(rig, f, roomy ? rig->max_frames : n_frames);
  b->n_frames = roomy ? n_frames : b->n_frames;
  b->media_pos = in->next_pos;
  b->pts_ns = f->rate ? rill_frames_to_ns(b->media_pos, f->rate, f->rate_den)
                      : b->media_pos;
  b->duration_ns = rill_frames_to_ns(b->n_frames, f->rate, f->rate_den);
  in->next_pos += b->n_frames;
  return b;
}

static void
fill_channel(struct rill_buffer* b, uint32_t channel, const float* samples)
{
  const struct rill_plane* const plane = &b->planes[channel];
  for (uint32_t i = 0; i < b->n_frames; ++i) {
    rig_from_f32(samples[i], (char*)plane->data + i * plane->step,
                 b->format->encoding, 1);
  }
}

static uint32_t
min_of(uint32_t a, uint32_t b)
{
  return a < b ? a : b;
}

void
rig_push_f32(struct rig* rig,
             uint32_t slot,
             const float* samples,
             uint32_t n_frames)
{
  struct rig_in* const in = open_input(rig, slot);
  if (in->slot.format.kind != RILL_KIND_AUDIO) {
    rig_breach(rig, "input %u does not take audio", slot);
  }
  for (uint32_t at = 0; at < n_frames; at += rig->block_frames) {
    const uint32_t n = min_of(rig->block_frames, n_frames - at);
    struct rill_buffer* const b = next_buffer(rig, in, n);
    for (uint32_t c = 0; c < b->n_planes; ++c) {
      fill_channel(b, c, samples + (size_t)c * n_frames + at);
    }
    enqueue(rig, in, b);
  }
}

static void
fill_row(struct rill_buffer* b, uint32_t row, const float* values)
{
  const uint32_t sample = rill_sample_bytes(b->format->encoding);
  const size_t n = (size_t)rill_tensor_row_bytes(b->format) / sample;
  char* const to = (char*)b->planes[0].data + row * b->planes[0].row_stride;
  for (size_t i = 0; i < n; ++i) {
    rig_from_f32(values[i], to + i * sample, b->format->encoding, 0);
  }
}

void
rig_push_rows(struct rig* rig,
              uint32_t slot,
              const float* values,
              uint32_t n_rows)
{
  struct rig_in* const in = open_input(rig, slot);
  const struct rill_format* const f = &in->slot.format;
  if (f->kind != RILL_KIND_TENSOR) {
    rig_breach(rig, "input %u does not take a tensor", slot);
  }
  const size_t width =
    (size_t)rill_tensor_row_bytes(f) / rill_sample_bytes(f->encoding);
  for (uint32_t at = 0; at < n_rows; at += rig->block_frames) {
    struct rill_buffer* const b =
      next_buffer(rig, in, min_of(rig->block_frames, n_rows - at));
    for (uint32_t i = 0; i < b->n_frames; ++i) {
      fill_row(b, i, values + (at + i) * width);
    }
    enqueue(rig, in, b);
  }
}

void
rig_push_text(struct rig* rig,
              uint32_t slot,
              const char* text,
              int64_t media_pos)
{
  struct rig_in* const in = open_input(rig, slot);
  const size_t n = strlen(text);
  if (!rig_is_payload(&in->slot.format)) {
    rig_breach(rig, "input %u does not take a text", slot);
  }
  in->next_pos = media_pos;
  struct rill_buffer* const b = next_buffer(rig, in, (uint32_t)n);
  memcpy(b->planes[0].data, text, n);
  b->planes[0].used = n;
  enqueue(rig, in, b);
}

void
rig_end(struct rig* rig, uint32_t slot)
{
  open_input(rig, slot)->ended = 1;
}

void
rig_drop_queues(struct rig* rig)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rig_in* const in = &rig->in[i];
    while (rig_has_queue(in)) {
      host->buffers->unref(host, in->queue[in->head++]);
    }
    in->head = 0;
    in->n_queue = 0;
  }
}

void
rig_block(struct rig* rig, uint32_t n_frames)
{
  if (!n_frames || n_frames > rig->max_frames) {
    rig_breach(rig, "blocks of %u frames, but the largest is %u", n_frames,
               rig->max_frames);
  }
  rig->block_frames = n_frames;
}
