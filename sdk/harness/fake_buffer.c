// SPDX-License-Identifier: ISC
// The buffer calls of the fake host.
#include "fake_private.h"

#include <rill/helpers.h>

static void
lock(struct fake_host* host)
{
  pthread_mutex_lock(&host->lock);
}

static void
unlock(struct fake_host* host)
{
  pthread_mutex_unlock(&host->lock);
}

struct fake_buffer*
fake_buffer_of(struct fake_host* host,
               const struct rill_buffer* b,
               const char* call)
{
  struct fake_buffer* const buffer = (struct fake_buffer*)(uintptr_t)b;
  if (!b) {
    return NULL;
  }
  if (buffer->magic != FAKE_MAGIC) {
    fake_host_breach(host, "%s: this is no buffer of the host", call);
  }
  if (buffer->host != host) {
    fake_host_breach(host, "%s: this is a buffer of another host", call);
  }
  if (!buffer->n_refs) {
    fake_host_breach(host, "%s: the last reference to this buffer is gone",
                     call);
  }
  return buffer;
}

struct fake_buffer*
fake_buffer_new(struct fake_host* host,
                const struct rill_format* format,
                uint32_t n_planes)
{
  struct fake_buffer* const buffer = fake_zeroed(sizeof *buffer);
  buffer->magic = FAKE_MAGIC;
  buffer->host = host;
  buffer->n_refs = 1;
  buffer->format = *format;
  buffer->b.size = sizeof buffer->b;
  buffer->b.format = &buffer->format;
  buffer->b.n_planes = n_planes;
  buffer->b.planes = fake_zeroed(n_planes * sizeof *buffer->b.planes);
  for (uint32_t i = 0; i < n_planes; ++i) {
    buffer->b.planes[i].fd = -1;
  }
  buffer->next = host->live;
  if (host->live) {
    host->live->prev = buffer;
  }
  host->live = buffer;
  ++host->n_live;
  return buffer;
}

// The dead are known for a while, so that a second unref is noticed.
static void
bury(struct fake_host* host, struct fake_buffer* buffer)
{
  struct fake_buffer** const place =
    &host->dead[host->n_dead++ % FAKE_QUARANTINE];
  if (buffer->prev) {
    buffer->prev->next = buffer->next;
  } else {
    host->live = buffer->next;
  }
  if (buffer->next) {
    buffer->next->prev = buffer->prev;
  }
  --host->n_live;
  free(*place);
  *place = buffer;
}

static struct rill_buffer*
buffer_ref(const struct rill_host* table, struct rill_buffer* b)
{
  struct fake_host* const host = fake_host_of(table);
  lock(host);
  struct fake_buffer* const buffer = fake_buffer_of(host, b, "ref");
  if (!buffer) {
    fake_host_breach(host, "ref: the buffer is null");
  }
  ++buffer->n_refs;
  unlock(host);
  return b;
}

static void
buffer_unref(const struct rill_host* table, struct rill_buffer* b)
{
  struct fake_host* const host = fake_host_of(table);
  lock(host);
  struct fake_buffer* const buffer = fake_buffer_of(host, b, "unref");
  if (buffer && buffer->n_refs == 1 && buffer->lent) {
    fake_host_breach(host, "unref: an input belongs to the host, and the node "
                           "has not called ref for it");
  }
  if (buffer && buffer->n_refs == 1) {
    fake_buffer_check(host, b);
    fake_metas_fini(buffer);
    fake_memory_fini(buffer);
    free(b->planes);
    b->planes = NULL;
    if (buffer->done) {
      buffer->done(buffer->arg);
    }
    if (buffer->parent) {
      buffer_unref(table, &buffer->parent->b);
    }
    bury(host, buffer);
  }
  if (buffer) {
    --buffer->n_refs;
  }
  unlock(host);
}

static uint32_t
planes_of(const struct rill_format* format)
{
  return format->kind == RILL_KIND_AUDIO ? format->channels : 1;
}

static int
is_to_fail(struct fake_host* host)
{
  return host->fail_in && !--host->fail_in;
}

static struct rill_buffer*
buffer_alloc(const struct rill_host* table,
             const struct rill_format* format,
             uint32_t n_frames)
{
  struct fake_host* const host = fake_host_of(table);
  struct fake_buffer* buffer = NULL;
  lock(host);
  if (!is_to_fail(host)) {
    buffer = fake_buffer_new(host, format, planes_of(format));
    if (!fake_memory_init(buffer, n_frames)) {
      buffer_unref(table, &buffer->b);
      buffer = NULL;
    }
  }
  unlock(host);
  return buffer ? &buffer->b : NULL;
}

static int32_t
buffer_copy_props(const struct rill_host* table,
                  struct rill_buffer* to,
                  const struct rill_buffer* from)
{
  struct fake_host* const host = fake_host_of(table);
  lock(host);
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
  unlock(host);
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
  lock(host);
  struct rill_buffer* copy = NULL;
  if (is_only_holder(fake_buffer_of(host, b, "make_writable"))) {
    b->flags |= RILL_BUFFER_WRITABLE;
    copy = b;
  } else {
    const int timed = b->format->kind == RILL_KIND_AUDIO ||
                      b->format->kind == RILL_KIND_TENSOR;
    copy = buffer_alloc(table, b->format,
                        timed ? b->n_frames : (uint32_t)b->planes[0].used);
    if (copy) {
      fake_memory_copy((struct fake_buffer*)copy, b);
      buffer_copy_props(table, copy, b);
      copy->n_frames = b->n_frames;
      copy->seq = b->seq;
      copy->format_serial = b->format_serial;
    }
    buffer_unref(table, b);
  }
  unlock(host);
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
  lock(host);
  struct fake_buffer* const parent = fake_buffer_of(host, b, "slice");
  if (!b || first > b->n_frames || n_frames > b->n_frames - first ||
      is_to_fail(host)) {
    unlock(host);
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
  unlock(host);
  return &slice->b;
}

static struct rill_buffer*
buffer_wrap(const struct rill_host* table,
            const struct rill_format* format,
            uint32_t n_frames,
            const struct rill_plane* planes,
            uint32_t n_planes,
            void (*done)(void* arg),
            void* arg)
{
  struct fake_host* const host = fake_host_of(table);
  struct fake_buffer* buffer = NULL;
  lock(host);
  if (!is_to_fail(host)) {
    buffer = fake_buffer_new(host, format, n_planes);
    memcpy(buffer->b.planes, planes, n_planes * sizeof *planes);
    buffer->b.n_frames = n_frames;
    buffer->b.capacity_frames = n_frames;
    buffer->done = done;
    buffer->arg = arg;
  }
  unlock(host);
  return buffer ? &buffer->b : NULL;
}

static int32_t
buffer_add_meta(const struct rill_host* table,
                struct rill_buffer* b,
                const struct rill_meta* meta)
{
  struct fake_host* const host = fake_host_of(table);
  lock(host);
  struct fake_buffer* const buffer = fake_buffer_of(host, b, "add_meta");
  if (!b || buffer->lent || buffer->n_refs > 1) {
    fake_host_breach(host, "add_meta: others can see this buffer: slice it, or "
                           "make it writable first");
  }
  if (!meta->size) {
    fake_host_breach(host, "add_meta: the size of the meta is 0");
  }
  fake_metas_add(buffer, meta);
  unlock(host);
  return RILL_OK;
}

const struct rill_buffer_ops fake_buffer_ops = {
  .size = sizeof(struct rill_buffer_ops),
  .ref = buffer_ref,
  .unref = buffer_unref,
  .alloc = buffer_alloc,
  .make_writable = buffer_make_writable,
  .slice = buffer_slice,
  .copy_props = buffer_copy_props,
  .wrap = buffer_wrap,
  .add_meta = buffer_add_meta,
};
