// SPDX-License-Identifier: ISC
// libsndfile over the file of a sink, for all that is not plain WAVE.
#ifndef FILE_ENCODER_H
#define FILE_ENCODER_H

#include "sink.h"

/// Opens s->encoder, and chooses the words that it takes.
int32_t
encoder_open(struct sink* s, struct why* why);

int32_t
encoder_write(struct sink* s,
              const void* words,
              uint32_t n_frames,
              struct why* why);

/// Closes it: the last bytes and the final header are in the file.
int32_t
encoder_close(struct sink* s, struct why* why);

#endif
