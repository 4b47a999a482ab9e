// SPDX-License-Identifier: ISC
// Other resamplers, those that are installed, on the same blocks.
#ifndef TESTS_BENCH_RESAMPLE_PEERS_H
#define TESTS_BENCH_RESAMPLE_PEERS_H

#include <rill/buffer.h>

enum { PEER_MAX_CHANNELS = 8, PEER_OUT_FRAMES = 1 << 16 };

struct peer;

struct peer_job {
  const struct peer* peer;
  void* state;
  uint32_t in_rate;
  uint32_t out_rate;
  uint32_t channels;
  uint32_t n_frames; // of a block
  float* in[PEER_MAX_CHANNELS];
  float* woven; // the same, interleaved: for those that know nothing else
  float* out[PEER_MAX_CHANNELS];
};

/// By name; null when its library is not installed.
const struct peer*
peer_find(const char* name);

/// The input of *job* is set; makes outputs and state. Aborts on failure.
void
peer_open(struct peer_job* job, const struct peer* peer);

void
peer_close(struct peer_job* job);

/// One block through the living state.
void
peer_run(struct peer_job* job);

/// What is still inside, to the end.
void
peer_flush(struct peer_job* job);

#endif
