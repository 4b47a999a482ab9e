// SPDX-License-Identifier: ISC
// Audio that waits until it is known where in it is speech, and leaves with
// metas that say so.
#ifndef VAD_MARKS_H
#define VAD_MARKS_H

#include "gate.h"

#include <rill/rill.h>

/// Zeroed memory with *host* and *hop* is empty. Both queues have gaps in
/// front, which are closed when the end is reached.
struct marks {
  const struct rill_host* host;
  uint32_t hop; // frames that a verdict speaks of
  uint32_t is_over; // no verdict comes any more
  struct rill_buffer** held;
  uint32_t first_held;
  uint32_t n_held; // end of the queue
  uint32_t max_held;
  uint32_t max_verdicts;
  struct verdict* verdicts; // from that of the first frame held
  uint32_t first_verdict;
  uint32_t n_verdicts; // end of the queue
  uint64_t hop_at;     // which hop the first verdict is about
  uint64_t frame_at;   // which frame the first buffer begins with
};

/// Frees memory and holds nothing any more.
void
marks_fini(struct marks* marks);

void
marks_reset(struct marks* marks);

/// Keeps a reference to *b*. A status.
int32_t
marks_hold(struct marks* marks, struct rill_buffer* b);

/// Adds verdicts of the hops that come next. A status.
int32_t
marks_add(struct marks* marks, const struct verdict* verdicts, uint32_t n);

/// Whether the next buffer can go.
int
marks_ready(const struct marks* marks);

/// That buffer with its metas, for the caller; null without memory.
struct rill_buffer*
marks_take(struct marks* marks);

#endif
