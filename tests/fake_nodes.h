// SPDX-License-Identifier: ISC
// Small node types that live in the test program: sources that count, filters
// in every style of the ABI, and a sink that remembers what it saw.
#ifndef TESTS_FAKE_NODES_H
#define TESTS_FAKE_NODES_H

#include <rill/rill.h>
#include <stdint.h>

/// What the sink `hash` saw, by node id.
struct seen {
  char id[32];
  uint64_t n_frames;
  uint64_t n_buffers;
  uint64_t hash; // FNV-1a over the samples, in order
  float first;
  float last;
  int in_order; // 1 while each sample was one more than that before it
};

/// Types: count, count.blocking (source: frames, step), add (in place), copy,
/// pass (PASSTHROUGH), sum (ALIGNED, MULTI), order (MULTI, in media time), late
/// (latency), triple (MORE), half (keeps every other frame: other rate), hash
/// (sink), hash.blocking, fail (at: block), stall (source without progress),
/// hold (keeps buffers by reference), floats (changes the float mode), dear
/// (passes on, after some work), drop, drop.blocking (the only one that is not
/// PROMPT), stubborn (passes on, refuses a reset),
/// uneven (PARALLEL, fails behind a frame), meet (PARALLEL, with work > 1 waits
/// until two of its calls have met).
extern const struct rill_node_desc* const fake_nodes[];
extern const uint32_t n_fake_nodes;

/// Null: no such sink ran since fake_nodes_reset.
const struct seen*
fake_seen(const char* id);

void
fake_nodes_reset(void);

/// Whether two calls of a `meet` have met since this was asked last.
int
fake_nodes_met(void);

/// Instances alive, to see that none is leaked.
int
fake_nodes_alive(void);

#endif
