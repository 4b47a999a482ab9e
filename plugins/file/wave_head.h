// SPDX-License-Identifier: ISC
// The header of a WAVE file that can grow beyond 4 GiB: the place of the
// 'ds64' chunk is kept free, so that RF64 needs no second pass.
#ifndef FILE_WAVE_HEAD_H
#define FILE_WAVE_HEAD_H

#include <rill/format.h>
#include <stdint.h>

enum { WAVE_HEAD_BYTES = 128 }; // at most

struct wave_head {
  uint32_t encoding;
  uint32_t rate;
  uint32_t channels;
  uint64_t layout;
  uint64_t n_frames;
  int always_64; // RF64 even when it is small
};

/// Writes the header to *out* and gives its length, which depends on encoding
/// and channels only.
uint32_t
wave_head_write(const struct wave_head* head, uint8_t out[WAVE_HEAD_BYTES]);

#endif
