// SPDX-License-Identifier: ISC
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // PTHREAD_MUTEX_RECURSIVE, strdup
#endif
#include "fake_private.h"

#include <rill/helpers.h>

#include <stdarg.h>
#include <stdio.h>

#define MOST_LINES 10000u // of the log; more are counted, not kept

void*
fake_zeroed(size_t n_bytes)
{
  void* const memory = calloc(1, n_bytes ? n_bytes : 1);
  if (!memory) {
    fprintf(stderr, "rill-test: out of memory\n");
    abort();
  }
  return memory;
}

struct fake_host*
fake_host_of(const struct rill_host* table)
{
  return (struct fake_host*)table->impl;
}

static void
host_log(const struct rill_host* table, uint32_t level, const char* text)
{
  struct fake_host* const host = fake_host_of(table);
  (void)level;
  pthread_mutex_lock(&host->lock);
  if (host->n_log < MOST_LINES) {
    host->log = host->log ? host->log
                          : fake_zeroed(MOST_LINES * sizeof *host->log);
    host->log[host->n_log] = strdup(text);
  }
  ++host->n_log;
  pthread_mutex_unlock(&host->lock);
}

static void
host_set_error(const struct rill_host* table, int32_t status, const char* text)
{
  struct fake_host* const host = fake_host_of(table);
  pthread_mutex_lock(&host->lock);
  if (status >= RILL_OK) {
    fake_host_breach(host, "set_error: %d is no error: %s", status, text);
  }
  host->error_status = status;
  snprintf(host->error, sizeof host->error, "%s", text);
  pthread_mutex_unlock(&host->lock);
}

static int32_t
host_request(const struct rill_host* table, uint32_t what)
{
  struct fake_host* const host = fake_host_of(table);
  pthread_mutex_lock(&host->lock);
  const int known = what == RILL_REQUEST_PROCESS || what == RILL_REQUEST_RESTART;
  if (known) {
    ++host->n_requests[what];
  }
  pthread_mutex_unlock(&host->lock);
  return known ? RILL_OK : RILL_ERR_UNSUPPORTED;
}

static const void*
host_get_extension(const struct rill_host* table, const char* id)
{
  struct fake_host* const host = fake_host_of(table);
  for (uint32_t i = 0; i < FAKE_MAX_EXTENSIONS; ++i) {
    if (host->extension_ids[i] && !strcmp(host->extension_ids[i], id)) {
      return host->extensions[i];
    }
  }
  return NULL;
}

struct fake_host*
fake_host_new(void)
{
  struct fake_host* const host = fake_zeroed(sizeof *host);
  pthread_mutexattr_t attr;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&host->lock, &attr);
  pthread_mutexattr_destroy(&attr);
  snprintf(host->where, sizeof host->where, "fake host");
  host->node_table = (struct rill_host){
    .size = sizeof host->node_table,
    .abi = RILL_ABI_VERSION,
    .name = "rill-test",
    .version = "0",
    .buffers = &fake_buffer_ops,
    .log = host_log,
    .set_error = host_set_error,
    .request = host_request,
    .get_extension = host_get_extension,
    .impl = host,
  };
  host->lib_table = host->node_table;
  return host;
}

void
fake_host_free(struct fake_host* host)
{
  if (!host) {
    return;
  }
  if (host->n_live) {
    fake_host_breach(host, "%u buffers are still held, the last made has %u "
                           "frames", host->n_live, host->live->b.n_frames);
  }
  for (uint32_t i = 0; i < FAKE_QUARANTINE; ++i) {
    free(host->dead[i]);
  }
  for (uint32_t i = 0; i < host->n_log && i < MOST_LINES; ++i) {
    free(host->log[i]);
  }
  free(host->log);
  pthread_mutex_destroy(&host->lock);
  free(host);
}

const struct rill_host*
fake_host_table(struct fake_host* host)
{
  return &host->node_table;
}

const struct rill_host*
fake_host_lib_table(struct fake_host* host)
{
  return &host->lib_table;
}

void
fake_host_set_where(struct fake_host* host, const char* where)
{
  pthread_mutex_lock(&host->lock);
  snprintf(host->where, sizeof host->where, "%s", where);
  pthread_mutex_unlock(&host->lock);
}

void
fake_host_breach(struct fake_host* host, const char* format, ...)
{
  va_list args;
  va_start(args, format);
  fprintf(stderr, "rill-test: %s: ", host->where);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
  abort();
}

uint32_t
fake_host_n_live(struct fake_host* host)
{
  pthread_mutex_lock(&host->lock);
  const uint32_t n = host->n_live;
  pthread_mutex_unlock(&host->lock);
  return n;
}

void
fake_buffer_check(struct fake_host* host, const struct rill_buffer* b)
{
  if (!fake_memory_is_intact(fake_buffer_of(host, b, "check"))) {
    fake_host_breach(host, "bytes behind the end of a plane were written");
  }
}

void
fake_host_check(struct fake_host* host)
{
  pthread_mutex_lock(&host->lock);
  for (struct fake_buffer* i = host->live; i; i = i->next) {
    fake_buffer_check(host, &i->b);
  }
  pthread_mutex_unlock(&host->lock);
}

void
fake_host_fail_alloc(struct fake_host* host, uint32_t nth)
{
  pthread_mutex_lock(&host->lock);
  host->fail_in = nth;
  pthread_mutex_unlock(&host->lock);
}

const char*
fake_host_error(struct fake_host* host)
{
  return host->error;
}

int32_t
fake_host_error_status(struct fake_host* host)
{
  return host->error_status;
}

void
fake_host_clear_error(struct fake_host* host)
{
  host->error_status = RILL_OK;
  host->error[0] = '\0';
}

const char*
fake_host_find_log(struct fake_host* host, const char* part)
{
  const char* found = NULL;
  pthread_mutex_lock(&host->lock);
  for (uint32_t i = 0; !found && i < host->n_log && i < MOST_LINES; ++i) {
    found = strstr(host->log[i], part) ? host->log[i] : NULL;
  }
  pthread_mutex_unlock(&host->lock);
  return found;
}

uint32_t
fake_host_n_log(struct fake_host* host)
{
  return host->n_log;
}

uint32_t
fake_host_n_requests(struct fake_host* host, uint32_t what)
{
  return what < 8 ? host->n_requests[what] : 0;
}

void
fake_host_offer(struct fake_host* host, const char* id, const void* table)
{
  for (uint32_t i = 0; i < FAKE_MAX_EXTENSIONS; ++i) {
    if (!host->extension_ids[i]) {
      host->extension_ids[i] = id;
      host->extensions[i] = table;
      return;
    }
  }
  fake_host_breach(host, "offer: too many extensions");
}

uint32_t
fake_buffer_refs(const struct rill_buffer* b)
{
  return ((const struct fake_buffer*)b)->n_refs;
}

void
fake_buffer_lend(struct rill_buffer* b, uint32_t lent)
{
  ((struct fake_buffer*)b)->lent = lent;
}
