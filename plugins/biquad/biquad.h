// SPDX-License-Identifier: ISC
// One filter for all channels of a stream.
#ifndef BIQUAD_BIQUAD_H
#define BIQUAD_BIQUAD_H

#include "filter.h"

#include <rill/ext/state.h>
#include <rill/rill.h>

struct biquad {
  struct rill_node node;
  struct design created_with;
  struct design now;
  struct coefficients coefficients; // of now
  uint32_t rate;
  uint32_t channels;
  struct memory* memory; // one a channel
};

extern const struct rill_state_ops biquad_state_ops;

#endif
