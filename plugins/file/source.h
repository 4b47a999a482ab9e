// SPDX-License-Identifier: ISC
// An audio file that is being read: plain WAVE samples straight from the file,
// everything else through libsndfile.
#ifndef FILE_SOURCE_H
#define FILE_SOURCE_H

#include "header.h"
#include "why.h"

#include <sndfile.h>
#include <stdint.h>

enum { SOURCE_UNKNOWN = -1, SOURCE_MAX_MAPPED = 18 };

struct source {
  int is_open;
  struct probe probe;
  struct header header; // encoding is that of *chunk*, for coded files too
  int is_float;         // NaN and infinity are possible
  int has_estimate;     // n_frames may be a guess
  int is_permuted;      // channel c of a chunk belongs to plane_of[c]
  uint8_t plane_of[SOURCE_MAX_MAPPED];
  SNDFILE* decoder;     // or null: plain samples
  int64_t n_frames;     // of the file; SOURCE_UNKNOWN
  int64_t offset;       // decoder: its position in the file, bytes
  int error;            // errno of the last read that failed
  int64_t next;         // frame in the file that the next read gives
  int64_t end;          // no frame from here on; INT64_MAX: the end of file
  uint8_t* chunk;       // interleaved frames, read in one go
  uint32_t n_chunk;
  uint32_t used;
};

/// Opens and checks *path*; the reason does not name it. Zeroed memory is a
/// closed source. The source must stay where it is while it is open.
int32_t
source_open(struct source* s,
            const char* path,
            int accept_truncated,
            struct why* why);

/// Reads frames start .. start + length only, in seconds; length 0: all.
int32_t
source_set_range(struct source* s, double start, double length, struct why* why);

/// Makes at least one frame available at source_frames, or RILL_DRAINED.
int32_t
source_fill(struct source* s, struct why* why);

/// What is available; source_use takes frames away from its begin.
static inline uint32_t
source_n_available(const struct source* s)
{
  return s->n_chunk - s->used;
}

static inline const void*
source_frames(const struct source* s)
{
  return s->chunk + (uint64_t)s->used * s->header.frame_bytes;
}

static inline void
source_use(struct source* s, uint32_t n_frames)
{
  s->used += n_frames;
}

/// Takes a closed source.
void
source_close(struct source* s);

#endif
