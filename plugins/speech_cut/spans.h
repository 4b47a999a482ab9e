// SPDX-License-Identifier: ISC
// From verdicts in order of time to the spans of audio that will be cut out:
// gaps bridged, short speech dropped, pads added, what touches joined. Says at
// each moment what is already certain. Knows neither nodes nor buffers.
#ifndef SPEECH_CUT_SPANS_H
#define SPEECH_CUT_SPANS_H

#include "fifo.h"

/// Frames begin .. end - 1.
struct span {
  int64_t begin;
  int64_t end;
};

enum spans_run {
  RUN_NONE,
  RUN_SHORT, // speech, perhaps too short
  RUN_LONG   // speech that will be cut out
};

struct spans {
  int64_t pad; // frames
  int64_t min_gap;
  int64_t min_length;
  int64_t known;   // verdicts are known before this frame
  struct span run; // the latest speech, gaps bridged, without pads
  uint32_t state;  // enum spans_run
  uint32_t is_over;
  struct fifo padded; // struct span; the last one may still grow
};

/// Zeroed memory with the first three is fresh.
void
spans_reset(struct spans* spans);

void
spans_fini(struct spans* spans);

/// The verdict on frames *begin* .. *end* - 1; what lies before *known* counts
/// no more, and what is left out is no speech. 0 without memory.
int
spans_add(struct spans* spans, int64_t begin, int64_t end, int is_speech);

/// No more verdicts come; nothing after them is speech.
void
spans_end(struct spans* spans);

/// It is certain for all frames before this whether they are in a span.
int64_t
spans_sure(const struct spans* spans);

/// The first span that ends after *frame*, or null; earlier ones are dropped.
const struct span*
spans_find(struct spans* spans, int64_t frame);

/// Whether the span that spans_find gave has its end.
int
spans_is_final(const struct spans* spans);

#endif
