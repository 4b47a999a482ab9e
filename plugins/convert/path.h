// SPDX-License-Identifier: ISC
// The way of whole buffers: which loop takes which samples from where to where.
#ifndef CONVERT_PATH_H
#define CONVERT_PATH_H

#include "samples.h"

#include <rill/buffer.h>

struct path {
  struct conversion conversion;
  uint32_t channels;
  const struct hot* hot;       // null: none for this pair
  const struct stereo* stereo; // the same
  uint32_t dither;             // 0 or 1
  uint32_t reserved0;
  uint64_t seed;
};

/// Chooses the loops between two formats that differ in encoding and packing
/// alone. *dither* is ignored where nothing is rounded away.
void
path_init(struct path* path,
          const struct rill_format* to,
          const struct rill_format* from,
          uint32_t scale,
          uint32_t dither,
          uint64_t seed);

/// Converts frames; *position* is that of the first in the stream.
void
path_run(const struct path* path,
         const struct rill_plane* to,
         const struct rill_plane* from,
         uint32_t n_frames,
         int64_t position);

#endif
