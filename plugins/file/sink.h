// SPDX-License-Identifier: ISC
// An audio file that is being written, and that nobody sees before commit.
// Reasons name the path.
#ifndef FILE_SINK_H
#define FILE_SINK_H

#include "container.h"
#include "why.h"
#include "words.h"

#include <rill/util/atomic_file.h>
#include <sndfile.h>

/// What all files of a node share.
struct sink_setup {
  const struct container* container;
  uint32_t encoding; // of the file, NONE in lossy ones
  double quality;    // of lossy ones, 0 to 1
  int dither;
  uint64_t seed;
  uint32_t file_flags; // enum rill_atomic_flags
  struct rill_format in;
};

/// Zeroed memory is a sink without a file.
struct sink {
  const struct sink_setup* setup;
  struct rill_atomic_file file;
  SNDFILE* encoder; // or null: plain WAVE
  struct words words;
  uint32_t frame_bytes; // of interleaved words
  uint32_t n_used;      // bytes of *buffer*
  uint8_t* buffer;      // kept from file to file
  uint64_t n_frames;    // so far
  int has_failed;       // file.why says how
};

/// Starts a file. *setup* must outlive it.
int32_t
sink_open(struct sink* s,
          const struct sink_setup* setup,
          const char* path,
          struct why* why);

int32_t
sink_write(struct sink* s, const struct rill_buffer* in, struct why* why);

/// The file gets its name. After a failure it is gone.
int32_t
sink_commit(struct sink* s, struct why* why);

/// Without a trace. Takes a sink without a file.
void
sink_discard(struct sink* s);

/// The buffer too.
void
sink_fini(struct sink* s);

static inline int
sink_is_open(const struct sink* s)
{
  return s->file.is_open;
}

#endif
