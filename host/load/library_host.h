// SPDX-License-Identifier: ISC
// What a plugin's open, list and derive may ask of the host: to log and to say
// why they failed. There are no buffers outside a graph.
#ifndef LOAD_LIBRARY_HOST_H
#define LOAD_LIBRARY_HOST_H

#include "load/reason.h"

#include <pthread.h>
#include <rill/rill.h>

struct library_host {
  struct rill_host host; // what the plugin gets
  const char* name;      // who speaks: the plugin file; the caller's
  pthread_mutex_t lock;  // any thread may say why
  char error[REASON_BYTES]; // the last text of set_error
  char taken[REASON_BYTES];
};

void
library_host_init(struct library_host* out, const char* name);

/// Takes a zeroed one.
void
library_host_fini(struct library_host* host);

/// What was said last, "" for nothing; forgets it. Good until the next call.
const char*
library_host_take_error(struct library_host* host);

#endif
