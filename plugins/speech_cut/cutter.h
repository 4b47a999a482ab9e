// SPDX-License-Identifier: ISC
// Audio in, segments out: holds buffers until it is certain what becomes of
// them, and cuts slices without a copy. What comes out depends on audio and
// verdicts alone, not on the order in which they arrive.
#ifndef SPEECH_CUT_CUTTER_H
#define SPEECH_CUT_CUTTER_H

#include "spans.h"

#include <rill/rill.h>

/// A verdict on frames begin .. end - 1.
struct verdict {
  int64_t begin;
  int64_t end;
  int32_t is_speech;
  float confidence;
};

/// A piece of a segment, to be sent.
struct cut {
  struct rill_buffer* buffer; // the caller's
  uint32_t is_last; // of its segment; the rest is then set
  uint32_t reserved0;
  struct span segment;
  int64_t pts_ns;    // of the segment's first frame
  double confidence; // mean of its speech
};

/// Zeroed memory with host, max_length and the options of spans is fresh.
struct cutter {
  const struct rill_host* host;
  int64_t max_length; // frames; 0: any
  struct spans spans;
  struct fifo held;     // struct rill_buffer*
  struct fifo verdicts; // struct verdict, of speech
  uint32_t audio_is_over;
  uint32_t n_segments;
  int64_t cursor; // frames before this have been cut or dropped
  struct rill_buffer* pending; // held back: it may be the last of its segment
  struct span segment;         // that pending belongs to, so far
  int64_t segment_pts_ns;
  double sum; // of confidence in it
  int64_t n_summed;
};

void
cutter_init(struct cutter* cutter, const struct rill_host* host);

void
cutter_reset(struct cutter* cutter);

void
cutter_fini(struct cutter* cutter);

/// Keeps a reference to *b*. A status.
int32_t
cutter_hold(struct cutter* cutter, struct rill_buffer* b);

/// The verdict that comes next in time. A status.
int32_t
cutter_judge(struct cutter* cutter, const struct verdict* verdict);

void
cutter_end_verdicts(struct cutter* cutter);

void
cutter_end_audio(struct cutter* cutter);

/// The next buffer that is certain; cut->buffer is null when there is none.
/// A status.
int32_t
cutter_next(struct cutter* cutter, struct cut* cut);

#endif
