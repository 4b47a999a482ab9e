// SPDX-License-Identifier: ISC
// The buffer calls of the fake host that make one buffer from another, and
// the table of all of them.
#include "fake_private.h"

#include <rill/helpers.h>

static int32_t
buffer_copy_props(const struct rill_host* table,
                  struct rill_buffer* to,
                  const struct rill_buffer* from)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
  struct fake_buffer* const buffer = fake_buffer_of(host, to, "copy_props");
  fake_buffer_of(host, from, "copy_props");
  if (!to || !from || to == from || buffer->lent) {
    fake_host_breach(host, "copy_props: the node may not write to this buffer");
  }
  to->media_pos = from->media_pos;
  to->pts_ns = from->pts_ns;
  to->duration_ns = from->duration_ns;
  to->stream_id = from->stream_id;
  to->flags = (to->flags & RILL_BUFFER_WRITABLE) |
              (from->flags & ~(uint32_t)RILL_BUFFER_WRITABLE);
  fake_metas_fini(buffer);
  fake_metas_copy(buffer, from, 0, UINT32_MAX);
  fake_host_unlock(host);
  return RILL_OK;
}

// Memory that was wrapped may be read-only for all that the host knows.
static int
is_only_holder(const struct fake_buffer* buffer)
{
  for (; buffer; buffer = buffer->parent) {
    if (buffer->n_refs > 1 || buffer->lent || buffer->done) {
      return 0;
    }
    if (!buffer->parent && !buffer->memory) {
      return 0;
    }
  }
  return 1;
}

static struct rill_buffer*
buffer_make_writable(const struct rill_host* table, struct rill_buffer* b)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
  struct rill_buffer* copy = NULL;
  if (is_only_holder(fake_buffer_of(host, b, "make_writable"))) {
    b->flags |= RILL_BUFFER_WRITABLE;
    copy = b;
  } else {
    const int timed = b->format->kind == RILL_KIND_AUDIO ||
                      b->format->kind == RILL_KIND_TENSOR;
    copy = fake_buffer_alloc(table, b->format,
                        timed ? b->n_frames : (uint32_t)b->planes[0].used);
    if (copy) {
      fake_memory_copy((struct fake_buffer*)copy, b);
      buffer_copy_props(table, copy, b);
      copy->n_frames = b->n_frames;
      copy->seq = b->seq;
      copy->format_serial = b->format_serial;
    }
    fake_buffer_unref(table, b);
  }
  fake_host_unlock(host);
  return copy;
}

static void
cut_props(struct rill_buffer* to,
          const struct rill_buffer* from,
          uint32_t first,
          uint32_t n_frames)
{
  const struct rill_format* const f = from->format;
  const int whole = !first && n_frames == from->n_frames;
  uint32_t flags = from->flags & ~(uint32_t)RILL_BUFFER_WRITABLE;
  flags &= first ? ~(uint32_t)RILL_BUFFER_DISCONT : flags;
  flags &= first + n_frames < from->n_frames ? ~(uint32_t)RILL_BUFFER_END
                                             : flags;
  to->flags = flags;
  to->n_frames = n_frames;
  to->capacity_frames = n_frames;
  to->media_pos = from->media_pos + first;
  to->pts_ns = from->pts_ns + rill_frames_to_ns(first, f->rate, f->rate_den);
  to->duration_ns = whole || !f->rate
                      ? from->duration_ns
                      : rill_frames_to_ns(n_frames, f->rate, f->rate_den);
  to->seq = from->seq;
  to->stream_id = from->stream_id;
  to->format_serial = from->format_serial;
}

static struct rill_buffer*
buffer_slice(const struct rill_host* table,
             struct rill_buffer* b,
             uint32_t first,
             uint32_t n_frames)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
  struct fake_buffer* const parent = fake_buffer_of(host, b, "slice");
  if (!b || first > b->n_frames || n_frames > b->n_frames - first ||
      fake_host_is_to_fail(host)) {
    fake_host_unlock(host);
    return NULL;
  }
  struct fake_buffer* const slice = fake_buffer_new(host, b->format,
                                                    b->n_planes);
  ++parent->n_refs;
  slice->parent = parent;
  cut_props(&slice->b, b, first, n_frames);
  fake_metas_copy(slice, b, first, n_frames);
  for (uint32_t i = 0; i < b->n_planes; ++i) {
    struct rill_plane* const plane = &slice->b.planes[i];
    *plane = b->planes[i];
    const int64_t step = plane->step ? plane->step : plane->row_stride;
    plane->data = (char*)plane->data + first * step;
    plane->capacity -= (uint64_t)(first * step);
  }
  fake_host_unlock(host);
  return &slice->b;
}

static int32_t
buffer_add_meta(const struct rill_host* table,
                struct rill_buffer* b,
                const struct rill_meta* meta)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
  struct fake_buffer* const buffer = fake_buffer_of(host, b, "add_meta");
  if (!b || buffer->lent || buffer->n_refs > 1) {
    fake_host_breach(host, "add_meta: others can see this buffer: slice it, or "
                           "make it writable first");
  }
  if (!meta->size) {
    fake_host_breach(host, "add_meta: the size of the meta is 0");
  }
  fake_metas_add(buffer, meta);
  fake_host_unlock(host);
  return RILL_OK;
}

const struct rill_buffer_ops fake_buffer_ops = {
  .size = sizeof(struct rill_buffer_ops),
  .ref = fake_buffer_ref,
  .unref = fake_buffer_unref,
  .alloc = fake_buffer_alloc,
  .make_writable = buffer_make_writable,
  .slice = buffer_slice,
  .copy_props = buffer_copy_props,
  .wrap = fake_buffer_wrap,
  .add_meta = buffer_add_meta,
};
