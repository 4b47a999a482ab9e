// SPDX-License-Identifier: ISC
// What comes out: one step after the other, as the plan says.
#ifndef RESAMPLE_GIVE_H
#define RESAMPLE_GIVE_H

#include "stream.h"

/// Input frames that the windows of a step span.
uint32_t
give_window(const struct stream* s);

/// The first of the input frames that make output frame *n_out*, by taps.
int64_t
give_first(const struct plan* plan, uint64_t n_out);

/// Puts all output frames below *limit* that the history is enough for behind
/// the first *made* ones of *out*, counts them in *made* and in the place, and
/// drops history that nothing needs any more. 0 when *out* is full.
int
give(struct stream* s,
     uint64_t limit,
     const struct rill_buffer* out,
     uint32_t* made);

#endif
