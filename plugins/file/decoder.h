// SPDX-License-Identifier: ISC
// libsndfile over the file of a source, for all that is not plain WAVE.
#ifndef FILE_DECODER_H
#define FILE_DECODER_H

#include "source.h"

/// Opens s->decoder and completes the header. *s* has its file open.
int32_t
decoder_open(struct source* s, struct why* why);

/// Frames read, up to *n_frames*; fewer at the end of the file or on an error.
int64_t
decoder_read(struct source* s, void* out, int64_t n_frames);

#endif
