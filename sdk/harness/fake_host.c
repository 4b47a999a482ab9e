// SPDX-License-Identifier: ISC
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // PTHREAD_MUTEX_RECURSIVE, strdup
#endif
#include "fake_private.h"

#include <rill/helpers.h>

#include <stdarg.h>
#include <stdio.h>

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

void
fake_host_lock(struct fake_host* host)
{
  pthread_mutex_lock(&host->lock);
}

void
fake_host_unlock(struct fake_host* host)
{
  pthread_mutex_unlock(&host->lock);
}

int
fake_host_is_to_fail(struct fake_host* host)
{
  return host->fail_in && !--host->fail_in;
}

struct fake_host*
fake_host_of(const struct rill_host* table)
{
  return (struct fake_host*)table->impl;
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
  fake_services_init(host);
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
    fake_host_breach(host, "buffers still held: %u (the last made has %u "
                           "frames)", host->n_live, host->live->b.n_frames);
  }
  for (uint32_t i = 0; i < FAKE_QUARANTINE; ++i) {
    free(host->dead[i]);
  }
  fake_services_fini(host);
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
  fake_host_lock(host);
  snprintf(host->where, sizeof host->where, "%s", where);
  fake_host_unlock(host);
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
  fake_host_lock(host);
  const uint32_t n = host->n_live;
  fake_host_unlock(host);
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
  fake_host_lock(host);
  for (struct fake_buffer* i = host->live; i; i = i->next) {
    fake_buffer_check(host, &i->b);
  }
  fake_host_unlock(host);
}

uint32_t
fake_host_fail_alloc(struct fake_host* host, uint32_t nth)
{
  fake_host_lock(host);
  const uint32_t before = host->fail_in;
  host->fail_in = nth;
  fake_host_unlock(host);
  return before;
}
