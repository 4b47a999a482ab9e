// SPDX-License-Identifier: ISC
// Samples of all channels side by side, a few at a time: a value has them frame
// by frame, a buffer mostly channel by channel.
#ifndef JSON_SHIM_SAMPLES_H
#define JSON_SHIM_SAMPLES_H

#include <rill/buffer.h>

#include <stdint.h>

/// A multiple of 3, so that their bytes are whole groups of base64.
enum { SAMPLES_AT_ONCE = 768 };

struct samples {
  union {
    float f32[SAMPLES_AT_ONCE];
    int16_t s16[SAMPLES_AT_ONCE];
    int32_t s32[SAMPLES_AT_ONCE];
    uint32_t bits[SAMPLES_AT_ONCE];
    uint8_t bytes[4 * SAMPLES_AT_ONCE];
  } at;
  uint32_t n;
};

/// Takes up to *n_most* samples from the *first* on, counted frame by frame.
/// Those are of 2 or 4 bytes.
void
samples_gather(struct samples* s,
               const struct rill_buffer* buffer,
               uint64_t first,
               uint64_t n_most);

/// Puts all of *s* at the places from *first* on.
void
samples_scatter(const struct samples* s, struct rill_buffer* buffer, uint64_t first);

/// Text that says bytes says them in little-endian order.
void
samples_swap_if_big_endian(struct samples* s, uint32_t encoding);

#endif
