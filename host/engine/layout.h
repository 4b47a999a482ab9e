// SPDX-License-Identifier: ISC
// How the frames of a format lie in memory.
#ifndef ENGINE_LAYOUT_H
#define ENGINE_LAYOUT_H

#include <rill/rill.h>
#include <stdint.h>

enum {
  LAYOUT_ALIGN = 64,
  LAYOUT_GUARD = 64, // readable bytes after the end, the canary in checks
  LAYOUT_MAX_PLANES = 1024
};

/// How many planes a buffer of *format* has; 0: such buffers cannot be made.
uint32_t
layout_n_planes(const struct rill_format* format);

/// Bytes that *n_frames* frames need (TEXT, JSON, BYTES, custom: bytes), guard
/// included. 0 when that overflows.
uint64_t
layout_bytes(const struct rill_format* format, uint32_t n_frames);

/// Fills *planes* (layout_n_planes of them) for memory at *base*.
void
layout_planes(const struct rill_format* format, uint32_t n_frames, void* base,
              struct rill_plane* planes);

/// Whether frames can be cut off a buffer of this kind.
int
layout_can_slice(const struct rill_format* format);

#endif
