// SPDX-License-Identifier: ISC
// libsndfile, loaded when the first file needs it: with the eight libraries
// that it brings along it takes longer to load than a second of plain WAVE
// takes to run.
#ifndef FILE_CODEC_H
#define FILE_CODEC_H

#include "why.h"

#include <sndfile.h>

#define CODEC_FUNCTIONS(X)                                                     \
  X(sf_open_virtual)                                                           \
  X(sf_close)                                                                  \
  X(sf_command)                                                                \
  X(sf_error)                                                                  \
  X(sf_error_number)                                                           \
  X(sf_seek)                                                                   \
  X(sf_strerror)                                                               \
  X(sf_readf_float)                                                            \
  X(sf_readf_short)                                                            \
  X(sf_writef_float)                                                           \
  X(sf_writef_int)                                                             \
  X(sf_writef_short)

/// Each under its own name.
struct codec {
#define CODEC_MEMBER(name) __typeof__(name)* name;
  CODEC_FUNCTIONS(CODEC_MEMBER)
#undef CODEC_MEMBER
};

/// Nulls before codec_load has said RILL_OK; who has a SNDFILE may call them.
extern struct codec codec;

/// Loads it unless it is loaded; it stays. *why* says what to install. [any
/// thread]
int32_t
codec_load(struct why* why);

/// The same for a library of another name: *out* is written only on success.
int32_t
codec_load_from(const char* soname, struct codec* out, struct why* why);

#endif
