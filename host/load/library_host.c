// SPDX-License-Identifier: ISC
#include "config.h" // PACKAGE_VERSION

#include "load/library_host.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

static struct rill_buffer*
no_ref(const struct rill_host* host, struct rill_buffer* b)
{
  (void)host;
  return b;
}

static void
no_unref(const struct rill_host* host, struct rill_buffer* b)
{
  (void)host;
  (void)b;
}

static struct rill_buffer*
no_alloc(const struct rill_host* host, const struct rill_format* format,
         uint32_t n_frames)
{
  (void)host;
  (void)format;
  (void)n_frames;
  return NULL;
}

static struct rill_buffer*
no_make_writable(const struct rill_host* host, struct rill_buffer* b)
{
  (void)host;
  (void)b;
  return NULL;
}

static struct rill_buffer*
no_slice(const struct rill_host* host, struct rill_buffer* b, uint32_t first,
         uint32_t n_frames)
{
  (void)host;
  (void)b;
  (void)first;
  (void)n_frames;
  return NULL;
}

static int32_t
no_copy_props(const struct rill_host* host, struct rill_buffer* to,
              const struct rill_buffer* from)
{
  (void)host;
  (void)to;
  (void)from;
  return RILL_ERR_BAD_STATE;
}

static struct rill_buffer*
no_wrap(const struct rill_host* host, const struct rill_format* format,
        uint32_t n_frames, const struct rill_plane* planes, uint32_t n_planes,
        void (*done)(void* arg), void* arg)
{
  (void)host;
  (void)format;
  (void)n_frames;
  (void)planes;
  (void)n_planes;
  (void)done;
  (void)arg;
  return NULL;
}

static int32_t
no_add_meta(const struct rill_host* host, struct rill_buffer* b,
            const struct rill_meta* meta)
{
  (void)host;
  (void)b;
  (void)meta;
  return RILL_ERR_BAD_STATE;
}

static const struct rill_buffer_ops no_buffers = {
  .size = sizeof no_buffers,
  .ref = no_ref,
  .unref = no_unref,
  .alloc = no_alloc,
  .make_writable = no_make_writable,
  .slice = no_slice,
  .copy_props = no_copy_props,
  .wrap = no_wrap,
  .add_meta = no_add_meta,
};

static void
log_line(const struct rill_host* host, uint32_t level, const char* text)
{
  const struct library_host* const self = host->impl;
  log_write(level <= LOG_DEBUG ? (enum log_level)level : LOG_DEBUG, "%s: %s",
            self->name, text ? text : "");
}

static void
set_error(const struct rill_host* host, int32_t status, const char* text)
{
  struct library_host* const self = host->impl;
  (void)status; // what the call returns counts
  pthread_mutex_lock(&self->lock);
  snprintf(self->error, sizeof self->error, "%s", text ? text : "");
  pthread_mutex_unlock(&self->lock);
}

static int32_t
request(const struct rill_host* host, uint32_t what)
{
  (void)host;
  (void)what;
  return RILL_ERR_UNSUPPORTED;
}

static const void*
get_extension(const struct rill_host* host, const char* id)
{
  (void)host;
  (void)id;
  return NULL;
}

void
library_host_init(struct library_host* out, const char* name)
{
  *out = (struct library_host){
    .host = { .size = sizeof out->host,
              .abi = RILL_ABI_VERSION,
              .name = "rill",
              .version = PACKAGE_VERSION,
              .buffers = &no_buffers,
              .log = log_line,
              .set_error = set_error,
              .request = request,
              .get_extension = get_extension,
              .impl = out },
    .name = name,
    .lock = PTHREAD_MUTEX_INITIALIZER,
  };
}

void
library_host_fini(struct library_host* host)
{
  if (host->name) {
    pthread_mutex_destroy(&host->lock);
  }
}

const char*
library_host_take_error(struct library_host* host)
{
  pthread_mutex_lock(&host->lock);
  memcpy(host->taken, host->error, sizeof host->taken);
  host->error[0] = '\0';
  pthread_mutex_unlock(&host->lock);
  return host->taken;
}
