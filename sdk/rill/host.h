// SPDX-License-Identifier: ISC
// What the host offers to a plugin: tables of functions, nothing to link with.
#ifndef RILL_HOST_H
#define RILL_HOST_H

#include "abi.h"
#include "buffer.h"
#include "format.h"
#include "status.h"

struct rill_host;

enum rill_log_level {
  RILL_LOG_ERROR = 0,
  RILL_LOG_WARNING = 1,
  RILL_LOG_INFO = 2,
  RILL_LOG_DEBUG = 3
};

enum rill_request {
  RILL_REQUEST_PROCESS = 1, // call process soon even without new input
  RILL_REQUEST_RESTART = 2  // latency or formats changed: configure me again
};

/// Buffers. Their *host* is the table that the caller was given.
struct rill_buffer_ops {
  uint32_t size;
  uint32_t reserved0;

  /// One more reference, and *b* again. [T, RT]
  struct rill_buffer* (*ref)(const struct rill_host* host,
                             struct rill_buffer* b);

  /// Takes null. [T, RT]
  void (*unref)(const struct rill_host* host, struct rill_buffer* b);

  /// A writable buffer of *n_frames* frames (bytes for TEXT, JSON, BYTES), one
  /// reference, owned by the caller. From a pool: no heap once warm. Null when
  /// memory is exhausted. *format* is copied. [T]
  struct rill_buffer* (*alloc)(const struct rill_host* host,
                               const struct rill_format* format,
                               uint32_t n_frames);

  /// Takes the caller's reference to *b*; gives *b* itself when nobody else
  /// holds it, else a copy. Null when memory is exhausted (*b* is gone). [T]
  struct rill_buffer* (*make_writable)(const struct rill_host* host,
                                       struct rill_buffer* b);

  /// Frames first .. first + n_frames - 1 of *b* without a copy; holds *b*;
  /// position, times and metas are cut to match. Null when out of range. [T]
  struct rill_buffer* (*slice)(const struct rill_host* host,
                               struct rill_buffer* b,
                               uint32_t first,
                               uint32_t n_frames);

  /// Copies position, times, flags (not WRITABLE), stream_id and metas. [T]
  int32_t (*copy_props)(const struct rill_host* host,
                        struct rill_buffer* to,
                        const struct rill_buffer* from);

  /// A buffer around the caller's memory: *planes* are copied, *done(arg)* is
  /// called once, on any thread, when the last reference goes. [T]
  struct rill_buffer* (*wrap)(const struct rill_host* host,
                              const struct rill_format* format,
                              uint32_t n_frames,
                              const struct rill_plane* planes,
                              uint32_t n_planes,
                              void (*done)(void* arg),
                              void* arg);

  /// Adds a deep copy of *meta* to *b*, which the caller must be able to
  /// write. No heap once warm. [T]
  int32_t (*add_meta)(const struct rill_host* host,
                      struct rill_buffer* b,
                      const struct rill_meta* meta);
};

/// One for each library and one for each node, so that the host knows who
/// speaks. Valid until the library is closed or the node destroyed.
struct rill_host {
  uint32_t size;
  uint32_t abi;     // RILL_ABI_VERSION of the host
  const char* name; // "rill"
  const char* version;
  const struct rill_buffer_ops* buffers;

  /// One line, no newline; the host adds who and where. Lines beyond a few
  /// hundred a second from a worker are counted, not shown. [T, RT]
  void (*log)(const struct rill_host* host, uint32_t level, const char* text);

  /// Says why the call that is about to return *status* failed: what, why and
  /// what to do, no newline. The last text wins. [T]
  void (*set_error)(const struct rill_host* host,
                    int32_t status,
                    const char* text);

  /// Asks for something; *what* is an enum rill_request. [T, RT]
  int32_t (*request)(const struct rill_host* host, uint32_t what);

  /// An optional table by id ("rill.clock/1"), or null. [T]
  const void* (*get_extension)(const struct rill_host* host, const char* id);

  void* impl; // the host's own
};

#endif
