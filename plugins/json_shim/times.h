// SPDX-License-Identifier: ISC
// Where the time of a node goes: into text, to the peer and back, out of text.
#ifndef JSON_SHIM_TIMES_H
#define JSON_SHIM_TIMES_H

#include <stdint.h>

enum { TIMES_ENCODE, TIMES_CALL, TIMES_DECODE, N_TIMES };

struct times {
  uint64_t ns[N_TIMES]; // read by other threads
};

/// Adds what has passed since *since_ns* to a part; gives the time now.
int64_t
times_add(struct times* times, int part, int64_t since_ns);

/// For get_extension of a struct shim.
extern const struct rill_profile_ops times_ops;

#endif
