// SPDX-License-Identifier: ISC
// What a node says to the fake host, kept for the test: log, errors, requests.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // strdup
#endif
#include "fake_private.h"

#include <rill/helpers.h>

#include <stdio.h>

#define MOST_LINES 10000u // of the log; more are counted, not kept

static void
host_log(const struct rill_host* table, uint32_t level, const char* text)
{
  struct fake_host* const host = fake_host_of(table);
  (void)level;
  fake_host_lock(host);
  if (host->n_log < MOST_LINES) {
    host->log = host->log ? host->log
                          : fake_zeroed(MOST_LINES * sizeof *host->log);
    host->log[host->n_log] = strdup(text);
  }
  ++host->n_log;
  fake_host_unlock(host);
}

static void
host_set_error(const struct rill_host* table, int32_t status, const char* text)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
  if (status >= RILL_OK) {
    fake_host_breach(host, "set_error: %d is no error: %s", status, text);
  }
  host->error_status = status;
  snprintf(host->error, sizeof host->error, "%s", text);
  fake_host_unlock(host);
}

static int32_t
host_request(const struct rill_host* table, uint32_t what)
{
  struct fake_host* const host = fake_host_of(table);
  fake_host_lock(host);
  const int known =
    what == RILL_REQUEST_PROCESS || what == RILL_REQUEST_RESTART;
  if (known) {
    ++host->n_requests[what];
  }
  fake_host_unlock(host);
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

void
fake_services_init(struct fake_host* host)
{
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
}

void
fake_services_fini(struct fake_host* host)
{
  for (uint32_t i = 0; i < host->n_log && i < MOST_LINES; ++i) {
    free(host->log[i]);
  }
  free(host->log);
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
  fake_host_lock(host);
  for (uint32_t i = 0; !found && i < host->n_log && i < MOST_LINES; ++i) {
    found = strstr(host->log[i], part) ? host->log[i] : NULL;
  }
  fake_host_unlock(host);
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
