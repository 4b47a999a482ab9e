// SPDX-License-Identifier: ISC
// Audio in memory, and who takes what a graph makes of it.
#ifndef APP_CLIP_H
#define APP_CLIP_H

#include "base/status.h"

#include <rill/rill.h>
#include <stdint.h>

/// Frames in memory. The memory stays whole while a graph reads it; it begins
/// at a multiple of 64 bytes and 64 bytes behind its end can be read.
struct clip {
  struct rill_format format; // kind AUDIO
  uint32_t n_frames;
  const struct rill_plane* planes; // one a channel, in both packings
};

/// Called for each buffer that reaches the end of the graph, in order; the
/// buffer is lent. A negative rill_status ends the run. [any thread]
struct clip_taker {
  int32_t (*take)(void* arg, const struct rill_buffer* buffer); // null: drop
  void* arg;
};

/// A clip with memory of its own.
struct clip_memory {
  struct clip clip;
  struct rill_plane* planes;
  void* memory;
};

/// Room for *n_frames* of *format*, as zeros. clip_memory_fini in any case.
enum status
clip_memory_init(struct clip_memory* out, const struct rill_format* format,
                 uint32_t n_frames);

void
clip_memory_fini(struct clip_memory* memory);

#endif
