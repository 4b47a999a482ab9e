// SPDX-License-Identifier: ISC
// Node types for tests of edits, in the test program: whatever is lost, comes
// twice or comes out of order changes what the sink saw.
#ifndef TESTS_SWAP_NODES_H
#define TESTS_SWAP_NODES_H

#include <rill/rill.h>
#include <stdint.h>

/// What the sink `see` saw, by its parameter `place`.
struct seen {
  uint64_t n_frames;
  uint64_t hash;   // over the samples, in order
  uint64_t n_wrong; // samples that are not one more than the one before
  uint64_t n_jumps; // buffers that do not begin where the last ended
  float last;
};

enum { SEEN_MAX = 4 };
extern struct seen swap_seen[SEEN_MAX];

/// Types, all planar f32 of one channel:
///   count  source; `frames` of them (0: endless), sample = frame mod 2^20
///   scale  times `by`; LIVE; no memory
///   accum  an endless memory: every sample depends on all before it; `fault`
///   fir    the sum of the last `taps` samples: a finite memory
///   late   delays by `frames` and says so; gives them back at the end
///   every  only each `n`-th frame, at a lower rate
///   twice  each frame twice, by MORE
///   sum    of ALIGNED inputs
///   see    sink
///   mute   gives zeros, without rill.state/1
/// All but mute have rill.state/1.
extern const struct rill_node_desc* const swap_nodes[];
extern const uint32_t n_swap_nodes;

/// Instances alive.
int
swap_nodes_alive(void);

#endif
