// SPDX-License-Identifier: ISC
// A stream on its way through libsoxr. This counts frames, so that none is
// missing and none is too many.
#ifndef RESAMPLE_STREAM_H
#define RESAMPLE_STREAM_H

#include <rill/buffer.h>
#include <soxr.h>
#include <stdint.h>

/// Where the stream is. Output frame 0 belongs to input frame 0.
struct place {
  uint64_t n_in;  // frames taken
  uint64_t n_out; // frames given
  uint32_t fed;   // of an input buffer that did not go in at once
  uint32_t stream_id;
  int64_t first_pos; // of output frame 0
  int64_t first_ns;
};

/// Rates and channels are set before stream_open.
struct stream {
  uint32_t in_rate;
  uint32_t out_rate;
  uint32_t channels;
  uint32_t reserved0;
  soxr_t soxr; // null: not open
  const void** in_planes;
  void** out_planes;
  struct place now;
};

/// Gives null, or why not; without memory "", and so do all below.
const char*
stream_open(struct stream* s, unsigned long recipe);

/// Takes one that is not open.
void
stream_close(struct stream* s);

/// As fresh.
const char*
stream_clear(struct stream* s);

/// Puts what there is into *out*. When that comes back full, there may be more:
/// call again with the same input, which may be empty then.
const char*
stream_take(struct stream* s,
            const struct rill_buffer* in,
            struct rill_buffer* out);

/// The same at the end of the stream, until stream_missing is 0.
const char*
stream_flush(struct stream* s, struct rill_buffer* out);

/// Frames that are still to come for what was taken.
uint64_t
stream_missing(const struct stream* s);

#endif
