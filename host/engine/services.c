// SPDX-License-Identifier: ISC
#include "config.h"
#include "engine/services.h"

#include "base/log.h"
#include "base/mem.h"
#include "engine/layout.h"

#include <rill/rill.h>
#include <stdio.h>
#include <string.h>

static struct services*
services_of(const struct rill_host* host)
{
  return host->impl;
}

// Held for a few instructions, by threads that want a buffer of one node.
static void
lock(struct services* self)
{
  while (atomic_flag_test_and_set_explicit(&self->alloc_lock,
                                           memory_order_acquire)) {
  }
}

static void
unlock(struct services* self)
{
  atomic_flag_clear_explicit(&self->alloc_lock, memory_order_release);
}

// Capacities in powers of two, so that a few pools serve all sizes.
static uint32_t
capacity_class(uint32_t n_frames)
{
  uint32_t n = 64;
  while (n < n_frames && n < 0x80000000u) {
    n *= 2;
  }
  return n < n_frames ? n_frames : n;
}

// *n_frames* is a class, as those of all pools.
static struct pool*
find_pool(struct services* self, const struct rill_format* format, uint32_t n_frames)
{
  for (uint32_t i = 0; i < self->n_alloc_pools; ++i) {
    struct pool* const pool = self->alloc_pools[i];
    if (pool->n_frames == n_frames && rill_same_format(&pool->format, format)) {
      return pool;
    }
  }
  return NULL;
}

static struct pool*
new_pool(struct services* self, const struct rill_format* format, uint32_t n_frames)
{
  struct pool* pool = NULL;
  if (self->n_alloc_pools < MAX_ALLOC_POOLS && (pool = mem_new(struct pool))) {
    pool_init(pool, format, n_frames, self->shells.counts);
    self->alloc_pools[self->n_alloc_pools++] = pool;
  }
  return pool;
}

static struct rill_buffer*
host_ref(const struct rill_host* host, struct rill_buffer* b)
{
  (void)host;
  buffer_ref(buffer_of(b));
  return b;
}

static void
host_unref(const struct rill_host* host, struct rill_buffer* b)
{
  (void)host;
  buffer_unref(b ? buffer_of(b) : NULL);
}

static struct rill_buffer*
host_alloc(const struct rill_host* host, const struct rill_format* format,
           uint32_t n_frames)
{
  struct services* const self = services_of(host);
  if (!layout_n_planes(format)) {
    return NULL;
  }
  const uint32_t wanted =
    format->kind == RILL_KIND_VIDEO ? 1 : capacity_class(n_frames);
  lock(self);
  struct pool* pool = find_pool(self, format, wanted);
  if (!pool) {
    pool = new_pool(self, format, wanted);
  }
  struct buffer* const b = pool ? pool_take(pool) : NULL;
  unlock(self);
  if (!b) {
    return NULL;
  }
  b->shown.n_frames = format->kind == RILL_KIND_AUDIO ||
                          format->kind == RILL_KIND_TENSOR
                        ? n_frames
                        : 1;
  return &b->shown;
}

static struct buffer*
take_shell(struct services* self)
{
  lock(self);
  struct buffer* const b = pool_take(&self->shells);
  unlock(self);
  return b;
}

struct buffer*
services_slice(struct services* self, struct buffer* of, uint32_t first,
               uint32_t n_frames)
{
  struct buffer* const slice = take_shell(self);
  if (slice && buffer_show(slice, of, first, n_frames)) {
    buffer_unref(slice);
    return NULL;
  }
  return slice;
}

static struct rill_buffer*
host_slice(const struct rill_host* host, struct rill_buffer* b, uint32_t first,
           uint32_t n_frames)
{
  const int whole = !first && n_frames == b->n_frames;
  if ((uint64_t)first + n_frames > b->n_frames ||
      !(whole || layout_can_slice(b->format))) {
    return NULL;
  }
  struct buffer* const of = buffer_of(b);
  buffer_ref(of);
  struct buffer* const slice = services_slice(services_of(host), of, first, n_frames);
  if (!slice) {
    buffer_unref(of);
    return NULL;
  }
  return &slice->shown;
}

static struct rill_buffer*
host_make_writable(const struct rill_host* host, struct rill_buffer* b)
{
  if (buffer_is_sole(buffer_of(b))) {
    return b;
  }
  struct services* const self = services_of(host);
  const uint32_t n = b->format->kind == RILL_KIND_AUDIO ||
                         b->format->kind == RILL_KIND_TENSOR ||
                         b->format->kind == RILL_KIND_VIDEO
                       ? b->n_frames
                       : (uint32_t)b->planes[0].capacity;
  struct rill_buffer* const copy = host_alloc(host, b->format, n);
  if (copy) {
    buffer_copy_frames(buffer_of(copy), b);
    buffer_copy_place(buffer_of(copy), b);
    buffer_copy_metas(buffer_of(copy), b, 0, b->n_frames);
    atomic_fetch_add_explicit(&self->shells.counts->n_copies, 1,
                              memory_order_relaxed);
  }
  buffer_unref(buffer_of(b));
  return copy;
}

static int32_t
host_copy_props(const struct rill_host* host, struct rill_buffer* to,
                const struct rill_buffer* from)
{
  (void)host;
  buffer_copy_place(buffer_of(to), from);
  return buffer_copy_metas(buffer_of(to), from, 0, from->n_frames)
           ? RILL_ERR_NO_MEMORY
           : RILL_OK;
}

static struct rill_buffer*
host_wrap(const struct rill_host* host, const struct rill_format* format,
          uint32_t n_frames, const struct rill_plane* planes, uint32_t n_planes,
          void (*done)(void* arg), void* arg)
{
  struct services* const self = services_of(host);
  struct buffer* const b = take_shell(self);
  if (!b || n_planes > LAYOUT_MAX_PLANES || buffer_need_planes(b, n_planes)) {
    buffer_unref(b);
    return NULL;
  }
  b->format = *format;
  memcpy(b->planes, planes, n_planes * sizeof *planes);
  b->shown.planes = b->planes;
  b->shown.n_planes = n_planes;
  b->shown.n_frames = b->shown.capacity_frames = n_frames;
  b->shown.flags = 0;
  atomic_fetch_add(&self->n_wraps, done != NULL);
  b->n_wraps = &self->n_wraps;
  b->done = done;
  b->done_arg = arg;
  return &b->shown;
}

static int32_t
host_add_meta(const struct rill_host* host, struct rill_buffer* b,
              const struct rill_meta* meta)
{
  (void)host;
  return buffer_add_meta(buffer_of(b), meta) ? RILL_ERR_NO_MEMORY : RILL_OK;
}

static void
host_log(const struct rill_host* host, uint32_t level, const char* text)
{
  const struct services* const self = services_of(host);
  log_write(level > RILL_LOG_DEBUG ? LOG_DEBUG : (enum log_level)level,
            "node '%s' (%s): %s", self->id, self->type,
            text ? text : "");
}

static _Thread_local char* caught;

void
services_catch(char* text)
{
  caught = text;
}

void
services_say(struct services* self, const char* text)
{
  char* const to = caught ? caught : self->error_text;
  lock(self);
  snprintf(to, ERROR_TEXT_BYTES, "%s", text);
  unlock(self);
}

static void
host_set_error(const struct rill_host* host, int32_t status, const char* text)
{
  (void)status;
  services_say(services_of(host), text ? text : "");
}

static int32_t
host_request(const struct rill_host* host, uint32_t what)
{
  (void)host;
  (void)what;
  return RILL_ERR_UNSUPPORTED;
}

static const void*
host_get_extension(const struct rill_host* host, const char* id)
{
  (void)host;
  (void)id;
  return NULL;
}

static const struct rill_buffer_ops buffer_ops = {
  .size = sizeof buffer_ops,
  .ref = host_ref,
  .unref = host_unref,
  .alloc = host_alloc,
  .make_writable = host_make_writable,
  .slice = host_slice,
  .copy_props = host_copy_props,
  .wrap = host_wrap,
  .add_meta = host_add_meta,
};

enum status
services_new(const char* id, const char* type, struct pool_counts* counts,
             struct services** out)
{
  struct services* const self = mem_new(struct services);
  if (!self) {
    return STATUS_NO_MEMORY;
  }
  self->id = id;
  self->type = type;
  self->host = (struct rill_host){
    .size = sizeof self->host,
    .abi = RILL_ABI_VERSION,
    .name = "rill",
    .version = PACKAGE_VERSION,
    .buffers = &buffer_ops,
    .log = host_log,
    .set_error = host_set_error,
    .request = host_request,
    .get_extension = host_get_extension,
    .impl = self,
  };
  atomic_flag_clear(&self->alloc_lock);
  pool_init(&self->shells, NULL, 0, counts);
  *out = self;
  return STATUS_OK;
}

int
services_are_wrapped_home(const struct services* self)
{
  return !atomic_load(&self->n_wraps);
}

int
services_are_home(struct services* self)
{
  int are = pool_is_home(&self->shells);
  for (uint32_t i = 0; i < self->n_alloc_pools; ++i) {
    are = pool_is_home(self->alloc_pools[i]) && are;
  }
  return are;
}

void
services_free(struct services* self)
{
  if (!self) {
    return;
  }
  for (uint32_t i = 0; i < self->n_alloc_pools; ++i) {
    pool_fini(self->alloc_pools[i]);
    mem_free(self->alloc_pools[i]);
  }
  pool_fini(&self->shells);
  mem_free(self);
}
