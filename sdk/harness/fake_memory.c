// SPDX-License-Identifier: ISC
// The memory of the fake host's buffers: runs of bytes, each with a canary.
#include "fake_private.h"

#include <rill/helpers.h>

#define ALIGNMENT 64u
#define CANARY_BYTES 128u // at least; 64 of them may be read
#define MOST_BYTES ((uint64_t)1 << 32)

static size_t
rounded(uint64_t n)
{
  return (size_t)((n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
}

static int
reserve(struct fake_buffer* buffer, size_t n_runs, uint64_t run_bytes)
{
  if (run_bytes > MOST_BYTES || !n_runs) {
    return 0;
  }
  buffer->n_runs = n_runs;
  buffer->run_bytes = (size_t)run_bytes;
  buffer->stride_bytes = rounded(run_bytes) + CANARY_BYTES;
  buffer->memory =
    aligned_alloc(ALIGNMENT, buffer->n_runs * buffer->stride_bytes);
  if (!buffer->memory) {
    return 0;
  }
  for (size_t i = 0; i < n_runs; ++i) {
    unsigned char* const run = buffer->memory + i * buffer->stride_bytes;
    memset(run, FAKE_GARBAGE, buffer->run_bytes);
    memset(run + buffer->run_bytes, FAKE_CANARY,
           buffer->stride_bytes - buffer->run_bytes);
  }
  return 1;
}

static int
init_audio(struct fake_buffer* buffer, uint32_t n_frames)
{
  const struct rill_format* const f = &buffer->format;
  const uint64_t sample = rill_sample_bytes(f->encoding);
  const int interleaved = f->packing == RILL_INTERLEAVED;
  const uint64_t step = interleaved ? sample * f->channels : sample;

  if (!sample || !f->channels ||
      !reserve(buffer, interleaved ? 1 : f->channels, step * n_frames)) {
    return 0;
  }
  for (uint32_t c = 0; c < f->channels; ++c) {
    struct rill_plane* const plane = &buffer->b.planes[c];
    const uint64_t offset = interleaved ? c * sample : 0;
    plane->data = interleaved ? buffer->memory + offset
                              : buffer->memory + c * buffer->stride_bytes;
    plane->capacity = n_frames ? buffer->run_bytes - offset : 0;
    plane->step = (int64_t)step;
  }
  return 1;
}

// Rows are further apart than they are long, so that a node which forgets
// row_stride is found out.
static int
init_tensor(struct fake_buffer* buffer, uint32_t n_frames)
{
  const uint64_t row = rill_tensor_row_bytes(&buffer->format);
  const uint64_t stride = rounded(row);
  struct rill_plane* const plane = buffer->b.planes;

  if (!row || !reserve(buffer, 1, stride * n_frames)) {
    return 0;
  }
  plane->data = buffer->memory;
  plane->capacity = buffer->run_bytes;
  plane->row_stride = (int64_t)stride;
  return 1;
}

static int
init_payload(struct fake_buffer* buffer, uint32_t n_bytes)
{
  if (!reserve(buffer, 1, n_bytes)) {
    return 0;
  }
  buffer->b.planes[0].data = buffer->memory;
  buffer->b.planes[0].capacity = n_bytes;
  buffer->b.n_frames = 1;
  buffer->b.capacity_frames = 1;
  return 1;
}

int
fake_memory_init(struct fake_buffer* buffer, uint32_t n_frames)
{
  buffer->b.n_frames = n_frames;
  buffer->b.capacity_frames = n_frames;
  buffer->b.flags = RILL_BUFFER_WRITABLE;
  switch (buffer->format.kind) {
    case RILL_KIND_AUDIO: return init_audio(buffer, n_frames);
    case RILL_KIND_TENSOR: return init_tensor(buffer, n_frames);
    case RILL_KIND_TEXT:
    case RILL_KIND_JSON:
    case RILL_KIND_BYTES:
    case RILL_KIND_CUSTOM: return init_payload(buffer, n_frames);
    default: return 0;
  }
}

void
fake_memory_fini(struct fake_buffer* buffer)
{
  free(buffer->memory);
  buffer->memory = NULL;
}

int
fake_memory_is_intact(const struct fake_buffer* buffer)
{
  for (size_t i = 0; buffer->memory && i < buffer->n_runs; ++i) {
    const unsigned char* const run =
      buffer->memory + i * buffer->stride_bytes;
    for (size_t j = buffer->run_bytes; j < buffer->stride_bytes; ++j) {
      if (run[j] != FAKE_CANARY) {
        return 0;
      }
    }
  }
  return 1;
}

static void
copy_strided(struct rill_plane* to,
             const struct rill_plane* from,
             uint32_t n_items,
             size_t item_bytes)
{
  const int64_t to_step = to->step ? to->step : to->row_stride;
  const int64_t from_step = from->step ? from->step : from->row_stride;
  for (uint32_t i = 0; i < n_items; ++i) {
    memcpy((char*)to->data + i * to_step,
           (const char*)from->data + i * from_step, item_bytes);
  }
}

void
fake_memory_copy(struct fake_buffer* to, const struct rill_buffer* from)
{
  const struct rill_format* const f = &to->format;
  for (uint32_t p = 0; p < from->n_planes; ++p) {
    struct rill_plane* const plane = &to->b.planes[p];
    if (f->kind == RILL_KIND_AUDIO) {
      copy_strided(plane, &from->planes[p], from->n_frames,
                   rill_sample_bytes(f->encoding));
    } else if (f->kind == RILL_KIND_TENSOR) {
      copy_strided(plane, &from->planes[p], from->n_frames,
                   (size_t)rill_tensor_row_bytes(f));
    } else if (from->planes[p].used) {
      memcpy(plane->data, from->planes[p].data, (size_t)from->planes[p].used);
      plane->used = from->planes[p].used;
    }
  }
}
