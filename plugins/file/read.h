// SPDX-License-Identifier: ISC
// The file.read node: what its parts share.
#ifndef FILE_READ_H
#define FILE_READ_H

#include "source.h"

#include <rill/node.h>

enum {
  READ_PATH,
  READ_ENCODING,
  READ_START,
  READ_LENGTH,
  READ_NAN,
  READ_TRUNCATED,
  READ_N_PARAMS
};

enum nan_mode { NAN_ERROR, NAN_ZERO, NAN_PASS };

enum { PIECE = 4096 }; // samples on their way to s16

// Samples of a channel, or of all channels interleaved, from a frame on.
struct run {
  float* samples;
  uint32_t n;
  uint32_t n_channels; // interleaved
  uint32_t channel;    // of the first
  uint32_t frame;      // of the first, in the chunk
};

struct file_read {
  struct rill_node node;
  char* path;
  double start;
  double length;
  int accept_truncated;
  enum nan_mode nan_mode;
  struct rill_format format; // as planned
  struct source source;
  uint64_t n_nonfinite;
  float* planes[HEADER_MAX_CHANNELS];
  struct run runs[HEADER_MAX_CHANNELS];
  float piece[PIECE];
};

int32_t
read_derive(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            struct rill_derivation* d);

int32_t
read_create(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            const struct rill_setup* setup,
            struct rill_node** out);

/// Says why, with the path in front, and gives the status back.
int32_t
read_fail(const struct file_read* self, int32_t status, const struct why* why);

/// The next *n* frames that the source has, to frame *first* of *out*.
int32_t
deliver_frames(struct file_read* self,
               const struct rill_buffer* out,
               uint32_t first,
               uint32_t n);

#endif
