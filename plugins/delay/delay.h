// SPDX-License-Identifier: ISC
// One delay: a ring for each channel, all at the same place.
#ifndef DELAY_DELAY_H
#define DELAY_DELAY_H

#include <rill/ext/state.h>
#include <rill/rill.h>

struct delay {
  struct rill_node node;
  double asked_seconds;
  uint32_t asked_frames;
  uint32_t channels;
  uint32_t n_frames; // of the delay, and of each ring
  uint32_t at;       // the oldest frame of the rings, which is next
  uint32_t drained;  // frames of the tail that are out
  uint32_t reserved0;
  float* ring; // n_frames of channel 0, of channel 1, ...
};

extern const struct rill_state_ops delay_state_ops;

#endif
