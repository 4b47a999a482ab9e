// SPDX-License-Identifier: ISC
// What comes in on a link to the interleaved words that a file takes. Integers
// get the nearest value (ties to even), full scale is 2^(bits - 1), what is
// louder is clamped, NaN becomes 0.
#ifndef FILE_WORDS_H
#define FILE_WORDS_H

#include <rill/buffer.h>
#include <stdint.h>

struct words {
  uint32_t encoding; // of a word: u8, s16, s24, s32, f32, f64
  uint32_t bits;     // of an integer word, the upper ones: 8, 16, 24, 32
  int dither;        // triangular noise of 1 LSB peak before rounding
  uint64_t seed;
  uint64_t n_words;   // so far: the noise depends on it, not on blocks
  uint64_t n_clipped; // louder than full scale, so far; of f32 to integer
  uint64_t n_nan;     // were no number
};

/// Frames first .. first + n_frames - 1 of *in* (f32, or interleaved s16, s24,
/// s32) to *out*.
void
words_from(struct words* words,
           const struct rill_buffer* in,
           uint32_t first,
           uint32_t n_frames,
           void* out);

/// Whether frames of *format* are such words already, bit for bit.
int
words_are_same(const struct words* words, const struct rill_format* format);

/// *n* samples, to s16.
void
words_s16_from(const float* in, uint32_t n, int16_t* out);

/// One sample to an integer of *bits*, plainly: the reference of the kernels.
int32_t
words_integer(double x, uint32_t bits);

#endif
