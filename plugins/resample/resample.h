// SPDX-License-Identifier: ISC
// Resample: the same audio at another rate.
#ifndef RESAMPLE_H
#define RESAMPLE_H

#include "stream.h"

#include <rill/ext/state.h>
#include <rill/rill.h>

enum { PARAM_RATE, PARAM_QUALITY, PARAM_LATENCY, N_PARAMS };
enum { MAX_RATE = 768000 };

struct resample {
  struct rill_node node;
  uint32_t quality; // enum quality
  uint32_t low_latency;
  struct stream stream;
};

extern const struct rill_state_ops resample_state_ops;

int32_t
resample_create(struct rill_lib* lib,
                const struct rill_node_desc* desc,
                const struct rill_host* host,
                const struct rill_setup* setup,
                struct rill_node** out);

#endif
