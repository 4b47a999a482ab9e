// SPDX-License-Identifier: ISC
// Buffers with a reference count, and the pools that they return to.
#ifndef ENGINE_BUFFER_H
#define ENGINE_BUFFER_H

#include "base/status.h"

#include <rill/rill.h>
#include <stdatomic.h>
#include <stdint.h>

struct pool;

/// A meta of a buffer with room for its data, kept for the next use.
struct buffer_meta {
  struct rill_meta meta;
  char* data;
  uint64_t data_room;
  char* uri;
};

/// The host's view of a rill_buffer, which comes first.
struct buffer {
  struct rill_buffer shown;
  atomic_uint n_refs;
  struct pool* home;     // where it goes at zero
  struct buffer* next;   // in a list of free buffers
  struct buffer* parent; // a slice: whose memory it shows, held
  void (*done)(void* arg); // wrapped memory: who is told
  void* done_arg;
  atomic_uint* n_wraps;  // wrapped: how many there are, counted down when done
  void* memory; // its own, or null
  uint64_t memory_bytes;
  struct rill_format format;
  struct rill_plane* planes;
  uint32_t planes_room;
  uint32_t metas_room;
  struct buffer_meta** metas; // shown.n_metas of them are in use
};

/// What all pools of an engine count together. Atomic, read at any time.
struct pool_counts {
  atomic_uint_fast64_t n_made;
  atomic_uint_fast64_t n_bytes;
  atomic_uint_fast64_t n_copies; // by make_writable
};

/// Buffers of one format and capacity. Taken by one owner at a time, given
/// back by anyone. n_frames 0: shells without memory, for slices and wraps.
struct pool {
  struct rill_format format;
  uint32_t n_frames;
  int canaries;
  struct pool_counts* counts;
  uint64_t n_taken;
  uint32_t n_made;
  struct buffer* ready; // the owner's own list
  struct buffer* _Atomic returned;
};

void
pool_init(struct pool* pool, const struct rill_format* format,
          uint32_t n_frames, struct pool_counts* counts);

/// Frees the buffers that have come back; all must have.
void
pool_fini(struct pool* pool);

/// Whether all buffers that it made are back. [the pool's owner]
int
pool_is_home(struct pool* pool);

/// A buffer with one reference and properties reset; null when memory is out.
/// No heap once buffers have come back. [the pool's owner]
struct buffer*
pool_take(struct pool* pool);

/// Makes *n* buffers ahead of use. [control]
enum status
pool_warm(struct pool* pool, uint32_t n);

static inline struct buffer*
buffer_of(struct rill_buffer* shown)
{
  return (struct buffer*)(void*)shown;
}

/// [any thread]
void
buffer_ref(struct buffer* buffer);

/// Takes null. [any thread]
void
buffer_unref(struct buffer* buffer);

/// Whether nobody else holds the buffer or memory that it shows. The caller
/// holds one reference.
int
buffer_is_sole(const struct buffer* buffer);

/// Deep copy of *meta*; heap only when the buffer never had as many or as
/// large ones.
enum status
buffer_add_meta(struct buffer* buffer, const struct rill_meta* meta);

/// Position, times, flags (not WRITABLE, SILENT) and stream; not the metas.
void
buffer_copy_place(struct buffer* to, const struct rill_buffer* from);

/// Metas that touch frames first .. first + n_frames - 1, moved to match.
enum status
buffer_copy_metas(struct buffer* to, const struct rill_buffer* from,
                  uint32_t first, uint32_t n_frames);

/// Makes the shell *slice* show frames of *of*, whose reference it takes on
/// success. The caller has checked the range.
enum status
buffer_show(struct buffer* slice, struct buffer* of, uint32_t first,
            uint32_t n_frames);

/// Copies the frames of *from* into *to*, which has room and the same format.
void
buffer_copy_frames(struct buffer* to, const struct rill_buffer* from);

/// Room for *n* planes; heap only when it grows.
enum status
buffer_need_planes(struct buffer* buffer, uint32_t n);

/// Whether the bytes after the end are as pool_take left them.
int
buffer_canary_intact(const struct buffer* buffer);

#endif
