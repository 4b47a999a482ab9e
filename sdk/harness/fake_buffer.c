// SPDX-License-Identifier: ISC
// Life of the fake host's buffers: counted, known by address, and known for
// a while after their death.
#include "fake_private.h"

#include <rill/helpers.h>

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

struct rill_buffer*
fake_buffer_ref(const struct rill_host* table, struct rill_buffer* b)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
  struct fake_buffer* const buffer = fake_buffer_of(host, b, "ref");
  if (!buffer) {
    fake_host_breach(host, "ref: the buffer is null");
  }
  ++buffer->n_refs;
  fake_host_unlock(host);
  return b;
}

void
fake_buffer_unref(const struct rill_host* table, struct rill_buffer* b)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
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
      fake_buffer_unref(table, &buffer->parent->b);
    }
    bury(host, buffer);
  }
  if (buffer) {
    --buffer->n_refs;
  }
  fake_host_unlock(host);
}

static uint32_t
planes_of(const struct rill_format* format)
{
  return format->kind == RILL_KIND_AUDIO ? format->channels : 1;
}

struct rill_buffer*
fake_buffer_alloc(const struct rill_host* table,
             const struct rill_format* format,
             uint32_t n_frames)
{
  struct fake_host* const host = fake_host_of(table);
  struct fake_buffer* buffer = NULL;
  fake_host_lock(host);
  if (!fake_host_is_to_fail(host)) {
    buffer = fake_buffer_new(host, format, planes_of(format));
    if (!fake_memory_init(buffer, n_frames)) {
      fake_buffer_unref(table, &buffer->b);
      buffer = NULL;
    }
  }
  fake_host_unlock(host);
  return buffer ? &buffer->b : NULL;
}

struct rill_buffer*
fake_buffer_wrap(const struct rill_host* table,
            const struct rill_format* format,
            uint32_t n_frames,
            const struct rill_plane* planes,
            uint32_t n_planes,
            void (*done)(void* arg),
            void* arg)
{
  struct fake_host* const host = fake_host_of(table);
  struct fake_buffer* buffer = NULL;
  fake_host_lock(host);
  if (!fake_host_is_to_fail(host)) {
    buffer = fake_buffer_new(host, format, n_planes);
    memcpy(buffer->b.planes, planes, n_planes * sizeof *planes);
    buffer->b.n_frames = n_frames;
    buffer->b.capacity_frames = n_frames;
    buffer->done = done;
    buffer->arg = arg;
  }
  fake_host_unlock(host);
  return buffer ? &buffer->b : NULL;
}
