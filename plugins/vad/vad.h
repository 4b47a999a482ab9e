// SPDX-License-Identifier: ISC
// What the two halves of the node share: what it declares and what it does.
#ifndef VAD_VAD_H
#define VAD_VAD_H

#include "detector.h"

#include <rill/rill.h>

/// Slots.
enum { VAD_IN = 0, VAD_OUT = 0, VAD_SPEECH = 1 };

/// The order of the parameters.
enum {
  VAD_MODE,
  VAD_FRAME,
  VAD_ENERGY_THRESHOLD,
  VAD_THRESHOLD,
  VAD_HANGOVER,
  VAD_MIN_SPEECH,
  VAD_STRICTNESS,
  VAD_LATENCY
};

/// What they ask for.
struct detector_options
vad_options(const struct rill_value* params);

int32_t
vad_create(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           const struct rill_setup* setup,
           struct rill_node** out);

#endif
