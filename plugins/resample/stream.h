// SPDX-License-Identifier: ISC
// A stream on its way: what was taken and is still needed, and where it is.
// All cuts are made at places that count from the stream's first frame, so the
// sizes of the buffers that come and go leave no trace.
#ifndef RESAMPLE_STREAM_H
#define RESAMPLE_STREAM_H

#include "blocks.h"
#include "plan.h"
#include "taps.h"

#include <rill/buffer.h>
#include <stdint.h>

/// Output frame 0 belongs to input frame 0.
struct place {
  uint64_t n_in;  // frames taken
  uint64_t n_out; // frames given
  int64_t base;   // input frame that the history begins with
  int64_t first_pos; // of output frame 0
  int64_t first_ns;
  uint32_t held; // frames of history
  uint32_t fed;  // of an input buffer that did not go in at once
  uint32_t stream_id;
  uint32_t reserved0;
};

/// Rates, channels and plan are set before stream_open.
struct stream {
  uint32_t in_rate;
  uint32_t out_rate;
  uint32_t channels;
  uint32_t capacity; // of the history, frames
  struct plan plan;
  struct blocks blocks; // either these
  struct taps taps;     // or those
  float* history;       // the channels, one after the other; null: not open
  struct place now;
};

/// 0 when memory is exhausted.
int
stream_open(struct stream* s);

/// Takes one that is not open.
void
stream_close(struct stream* s);

/// As fresh.
void
stream_clear(struct stream* s);

/// Input frames from the start on without which nothing comes out.
uint32_t
stream_delay(const struct stream* s);

/// The most frames that can be missing at the end of the input.
uint32_t
stream_tail(const struct stream* s);

/// Frames that come at once: *out* must have room for so many.
uint32_t
stream_burst(const struct stream* s);

/// Puts what there is into *out*; 1 when there is more than fits. Then call
/// again with the same input, which may have been taken by then.
int
stream_take(struct stream* s,
            const struct rill_buffer* in,
            struct rill_buffer* out);

/// The same at the end of the stream, until stream_missing is 0.
void
stream_flush(struct stream* s, struct rill_buffer* out);

/// Whether a stream of this plan can be at *place*.
int
stream_fits(const struct stream* s, const struct place* place);

/// Frames that are still to come for what was taken.
uint64_t
stream_missing(const struct stream* s);

#endif
