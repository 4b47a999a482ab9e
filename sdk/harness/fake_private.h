// SPDX-License-Identifier: ISC
// What the files of the fake host share.
#ifndef RILL_HARNESS_FAKE_PRIVATE_H
#define RILL_HARNESS_FAKE_PRIVATE_H

#include "fake_host.h"

#include <pthread.h>

#define FAKE_MAGIC 0x62756666696c6c72u
#define FAKE_CANARY 0xcb   // behind planes
#define FAKE_GARBAGE 0xff  // in new planes: NaN for floats
#define FAKE_QUARANTINE 512u // dead buffers that are still known as such
#define FAKE_MAX_EXTENSIONS 8u

/// A buffer, what it stands on, and its place in the list of the living.
struct fake_buffer {
  struct rill_buffer b;
  uint64_t magic;
  struct fake_host* host;
  struct fake_buffer* prev;
  struct fake_buffer* next;
  uint32_t n_refs;
  uint32_t lent;
  struct rill_format format;
  struct fake_buffer* parent; // a slice: whose memory it shows
  void (*done)(void* arg);    // wrapped: who is told
  void* arg;
  unsigned char* memory; // its own: n_runs of run_bytes, each with a canary
  size_t n_runs;
  size_t run_bytes;    // that may be written
  size_t stride_bytes; // from run to run
};

struct fake_host {
  struct rill_host node_table;
  struct rill_host lib_table;
  pthread_mutex_t lock; // recursive, of all below
  struct fake_buffer* live;
  uint32_t n_live;
  uint32_t fail_in; // allocations until one fails; 0: none will
  struct fake_buffer* dead[FAKE_QUARANTINE];
  uint32_t n_dead; // counts up, a place in *dead* is reused
  char where[256];
  char error[4096];
  int32_t error_status;
  uint32_t n_log;
  char** log;
  uint32_t n_requests[8];
  const char* extension_ids[FAKE_MAX_EXTENSIONS];
  const void* extensions[FAKE_MAX_EXTENSIONS];
};

extern const struct rill_buffer_ops fake_buffer_ops;

/// calloc that aborts when there is no memory.
void*
fake_zeroed(size_t n_bytes);

struct fake_host*
fake_host_of(const struct rill_host* table);

/// The table for nodes, and what its calls keep.
void
fake_services_init(struct fake_host* host);

void
fake_services_fini(struct fake_host* host);

/// Around whatever touches the host's lists and counts. May be nested.
void
fake_host_lock(struct fake_host* host);

void
fake_host_unlock(struct fake_host* host);

/// Whether the test wants this allocation to fail.
int
fake_host_is_to_fail(struct fake_host* host);

/// The buffer behind *b*, which must be alive and this host's; else aborts
/// and names *call*. Null stays null.
struct fake_buffer*
fake_buffer_of(struct fake_host* host,
               const struct rill_buffer* b,
               const char* call);

/// A live buffer with one reference, planes zeroed, no memory.
struct fake_buffer*
fake_buffer_new(struct fake_host* host,
                const struct rill_format* format,
                uint32_t n_planes);

/// Calls of rill_buffer_ops.
struct rill_buffer*
fake_buffer_ref(const struct rill_host* table, struct rill_buffer* b);

void
fake_buffer_unref(const struct rill_host* table, struct rill_buffer* b);

struct rill_buffer*
fake_buffer_alloc(const struct rill_host* table,
                  const struct rill_format* format,
                  uint32_t n_frames);

struct rill_buffer*
fake_buffer_wrap(const struct rill_host* table,
                 const struct rill_format* format,
                 uint32_t n_frames,
                 const struct rill_plane* planes,
                 uint32_t n_planes,
                 void (*done)(void* arg),
                 void* arg);

/// Memory for *n_frames* of its format; 0 when that format has none.
int
fake_memory_init(struct fake_buffer* buffer, uint32_t n_frames);

void
fake_memory_fini(struct fake_buffer* buffer);

/// Whether the bytes behind the planes are as they were made.
int
fake_memory_is_intact(const struct fake_buffer* buffer);

/// Copies what *from* shows into *to*, which has the same format.
void
fake_memory_copy(struct fake_buffer* to, const struct rill_buffer* from);

/// Deep copies of the metas about frames first .. first + n_frames - 1.
void
fake_metas_copy(struct fake_buffer* to,
                const struct rill_buffer* from,
                uint32_t first,
                uint32_t n_frames);

void
fake_metas_add(struct fake_buffer* to, const struct rill_meta* meta);

void
fake_metas_fini(struct fake_buffer* buffer);

#endif
