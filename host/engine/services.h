// SPDX-License-Identifier: ISC
// The host table that a plugin's node sees.
#ifndef ENGINE_SERVICES_H
#define ENGINE_SERVICES_H

#include "engine/buffer.h"

#include <rill/rill.h>
#include <stdatomic.h>
#include <stdint.h>

enum { ERROR_TEXT_BYTES = 4096, MAX_ALLOC_POOLS = 16 };

/// What belongs to one instance and stays where it is as long as the instance
/// or a buffer that it asked for lives.
struct services {
  struct rill_host host;
  const char* id;   // of the node
  const char* type; // its name
  char error_text[ERROR_TEXT_BYTES];
  atomic_flag alloc_lock;
  atomic_uint n_wraps; // buffers around the plugin's memory that are out
  struct pool shells;
  struct pool* alloc_pools[MAX_ALLOC_POOLS];
  uint32_t n_alloc_pools;
};

/// *id* and *type* must outlive it. [control]
enum status
services_new(const char* id, const char* type, struct pool_counts* counts,
             struct services** out);

/// Takes null. All buffers that were given have come back. [control]
void
services_free(struct services* services);

/// The node's error text. [any thread]
void
services_say(struct services* services, const char* text);

/// What nodes say on this thread goes to *text* (ERROR_TEXT_BYTES) instead, for
/// calls of one node at the same time; null: no longer. [worker]
void
services_catch(char* text);

/// Whether those around the plugin's own memory have.
int
services_are_wrapped_home(const struct services* services);

/// Whether all have. Nobody asks for buffers any more. [control]
int
services_are_home(struct services* services);

/// A shell that shows frames of *of*; takes the caller's reference on success.
/// Null: memory is out. [any thread]
struct buffer*
services_slice(struct services* services, struct buffer* of, uint32_t first,
               uint32_t n_frames);

#endif
