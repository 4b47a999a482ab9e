// SPDX-License-Identifier: ISC
#include "engine/buffer.h"

#include "base/mem.h"
#include "engine/layout.h"

#include <string.h>

enum status
buffer_need_planes(struct buffer* b, uint32_t n)
{
  if (n > b->planes_room) {
    struct rill_plane* const planes = mem_resize(b->planes, n, sizeof *planes);
    if (!planes) {
      return STATUS_NO_MEMORY;
    }
    b->planes = planes;
    b->planes_room = n;
    b->shown.planes = planes;
  }
  return STATUS_OK;
}

static enum status
need_meta(struct buffer* b, uint32_t index)
{
  if (index >= b->metas_room) {
    const uint32_t room = b->metas_room ? b->metas_room * 2 : 4;
    struct buffer_meta** const metas = mem_resize(b->metas, room, sizeof *metas);
    if (!metas) {
      return STATUS_NO_MEMORY;
    }
    memset(metas + b->metas_room, 0, (room - b->metas_room) * sizeof *metas);
    b->metas = metas;
    b->metas_room = room;
    b->shown.metas = (const struct rill_meta* const*)metas;
  }
  if (!b->metas[index] && !(b->metas[index] = mem_new(struct buffer_meta))) {
    return STATUS_NO_MEMORY;
  }
  return STATUS_OK;
}

static enum status
copy_meta_data(struct buffer_meta* to, const struct rill_meta* from)
{
  if (from->data_bytes > to->data_room) {
    char* const data = mem_resize(to->data, from->data_bytes, 1);
    if (!data) {
      return STATUS_NO_MEMORY;
    }
    to->data = data;
    to->data_room = from->data_bytes;
  }
  if (from->data_bytes) {
    memcpy(to->data, from->data, from->data_bytes);
  }
  to->meta.data = from->data_bytes ? to->data : NULL;
  if (from->uri && (!to->uri || strcmp(to->uri, from->uri))) {
    mem_free(to->uri);
    if (!(to->uri = mem_strdup(from->uri))) {
      return STATUS_NO_MEMORY;
    }
  }
  to->meta.uri = from->uri ? to->uri : NULL;
  return STATUS_OK;
}

enum status
buffer_add_meta(struct buffer* b, const struct rill_meta* meta)
{
  const uint32_t index = b->shown.n_metas;
  if (need_meta(b, index)) {
    return STATUS_NO_MEMORY;
  }
  // Only what both sides know of: the struct may grow.
  struct rill_meta copy = { 0 };
  const uint32_t known = meta->size < sizeof copy ? meta->size : sizeof copy;
  memcpy(&copy, meta, known);
  b->metas[index]->meta = copy;
  b->metas[index]->meta.size = sizeof copy;
  const enum status st = copy_meta_data(b->metas[index], &copy);
  b->shown.n_metas += !st;
  return st;
}

void
buffer_copy_place(struct buffer* to, const struct rill_buffer* from)
{
  const uint32_t kept = RILL_BUFFER_DISCONT | RILL_BUFFER_GAP | RILL_BUFFER_END |
                        RILL_BUFFER_CORRUPT;
  to->shown.flags = (to->shown.flags & ~kept) | (from->flags & kept);
  to->shown.media_pos = from->media_pos;
  to->shown.pts_ns = from->pts_ns;
  to->shown.duration_ns = from->duration_ns;
  to->shown.stream_id = from->stream_id;
}

enum status
buffer_copy_metas(struct buffer* to, const struct rill_buffer* from,
                  uint32_t first, uint32_t n_frames)
{
  for (uint32_t i = 0; i < from->n_metas; ++i) {
    struct rill_meta meta = *from->metas[i];
    const uint64_t end = (uint64_t)meta.offset + meta.n_frames;
    const uint64_t last = (uint64_t)first + n_frames;
    if (meta.n_frames && (end <= first || meta.offset >= last)) {
      continue;
    }
    const uint64_t begin = meta.offset > first ? meta.offset : first;
    meta.n_frames = meta.n_frames ? (uint32_t)((end < last ? end : last) - begin) : 0;
    meta.offset = (uint32_t)(begin - first);
    if (buffer_add_meta(to, &meta)) {
      return STATUS_NO_MEMORY;
    }
  }
  return STATUS_OK;
}

// Flags of a part: the break before it and the end after it stay at the edges.
static uint32_t
part_flags(const struct rill_buffer* whole, uint32_t first, uint32_t n_frames)
{
  uint32_t flags = whole->flags & ~(uint32_t)RILL_BUFFER_WRITABLE;
  if (first) {
    flags &= ~(uint32_t)RILL_BUFFER_DISCONT;
  }
  if (first + n_frames < whole->n_frames) {
    flags &= ~(uint32_t)RILL_BUFFER_END;
  }
  return flags;
}

enum status
buffer_show(struct buffer* slice, struct buffer* of, uint32_t first,
            uint32_t n_frames)
{
  const struct rill_buffer* const from = &of->shown;
  if (buffer_need_planes(slice, from->n_planes)) {
    return STATUS_NO_MEMORY;
  }
  slice->format = *from->format;
  slice->shown.n_planes = from->n_planes;
  slice->shown.planes = slice->planes;
  slice->shown.n_frames = slice->shown.capacity_frames = n_frames;
  for (uint32_t i = 0; i < from->n_planes; ++i) {
    const uint64_t skipped = (uint64_t)first * (uint64_t)from->planes[i].step;
    slice->planes[i] = from->planes[i];
    slice->planes[i].data = (char*)from->planes[i].data + skipped;
    slice->planes[i].capacity -= skipped;
  }
  buffer_copy_place(slice, from);
  slice->shown.flags = part_flags(from, first, n_frames);
  slice->shown.media_pos += first;
  slice->shown.format_serial = from->format_serial;
  if (from->format->rate) {
    slice->shown.pts_ns += rill_frames_to_ns(first, from->format->rate,
                                             from->format->rate_den);
    slice->shown.duration_ns = rill_frames_to_ns(n_frames, from->format->rate,
                                                 from->format->rate_den);
  }
  if (buffer_copy_metas(slice, from, first, n_frames)) {
    return STATUS_NO_MEMORY;
  }
  slice->parent = of;
  return STATUS_OK;
}

static void
copy_samples(struct rill_plane* to, const struct rill_plane* from,
             uint32_t n_frames, uint32_t sample_bytes)
{
  const char* in = from->data;
  char* out = to->data;
  for (uint32_t i = 0; i < n_frames; ++i, in += from->step, out += to->step) {
    memcpy(out, in, sample_bytes);
  }
}

void
buffer_copy_frames(struct buffer* to, const struct rill_buffer* from)
{
  const struct rill_format* const f = from->format;
  const uint32_t sample = rill_sample_bytes(f->encoding);
  for (uint32_t i = 0; i < from->n_planes; ++i) {
    struct rill_plane* const out = &to->planes[i];
    const struct rill_plane* const in = &from->planes[i];
    if (f->kind != RILL_KIND_AUDIO) {
      const uint64_t n = in->used ? in->used : in->capacity;
      memcpy(out->data, in->data, n < out->capacity ? n : out->capacity);
      out->used = in->used;
    } else if (f->packing == RILL_PLANAR) {
      memcpy(out->data, in->data, (size_t)from->n_frames * sample);
    } else {
      copy_samples(out, in, from->n_frames, sample);
    }
  }
  to->shown.n_frames = from->n_frames;
}
