// SPDX-License-Identifier: ISC
// What a plugin's open, list and derive may ask of the host: to log and to say
// why they failed. There are no buffers outside a graph.
#ifndef LOAD_LIBRARY_HOST_H
#define LOAD_LIBRARY_HOST_H

#include "load/reason.h"

#include <rill/rill.h>

struct library_host {
  struct rill_host host; // what the plugin gets
  const char* name;      // who speaks: the plugin file; the caller's
  struct reason error;   // the last text of set_error
};

void
library_host_init(struct library_host* out, const char* name);

#endif
