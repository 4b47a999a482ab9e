// SPDX-License-Identifier: ISC
// Kinds of audio files that can be written, and what each can hold.
#ifndef FILE_CONTAINER_H
#define FILE_CONTAINER_H

#include "why.h"

#include <rill/format.h>
#include <stdint.h>

enum { CONTAINER_LOSSY = 0x1, CONTAINER_OWN = 0x2 };

struct container {
  const char* name;
  const char* suffixes;  // words
  uint32_t flags;
  int sf_format;         // of libsndfile; lossy ones with their codec
  uint32_t encodings;    // bits 1 << enum rill_encoding; 0: has none
  uint32_t max_channels;
  const uint32_t* rates; // that it can have, ends with 0; null: any
  uint64_t max_bytes;    // of samples; 0: no limit
};

/// Names of the parameter: "auto", then the containers in order.
extern const char* const container_names[];
enum { CONTAINER_N_NAMES = 10 };

/// *choice* is an index into container_names; for auto the suffix of *path*
/// decides.
int32_t
container_find(uint32_t choice,
               const char* path,
               const struct container** out,
               struct why* why);

/// The encoding of the file. *choice* is NONE for auto: integers stay what
/// they are where that is possible, and f32 becomes s16.
int32_t
container_choose(const struct container* c,
                 uint32_t choice,
                 const struct rill_format* in,
                 uint32_t* out,
                 struct why* why);

/// What libsndfile calls it.
int
container_sf_format(const struct container* c, uint32_t encoding);

#endif
