// SPDX-License-Identifier: ISC
// Conversion of runs of samples: by the book, in general, and fast.
#ifndef CONVERT_SAMPLES_H
#define CONVERT_SAMPLES_H

#include <rill/buffer.h>
#include <rill/util/clones.h>
#include <stdint.h>

/// How numbers of one width stand for those of another: README, "Scaling".
/// The order of the parameter's names.
enum scale { SCALE_FULL, SCALE_LEGACY, SCALE_FAST };

struct conversion {
  uint32_t from; // enum rill_encoding, audio
  uint32_t to;
  uint32_t scale; // enum scale
};

/// Bits of an integer encoding; 0 for f32 and f64.
uint32_t
sample_bits(uint32_t encoding);

/// 2^(bits - 1), of which an integer sample is a part.
double
sample_full_scale(uint32_t bits);

/// Whether integers only move left or right.
int
conversion_is_shift(const struct conversion* c);

/// One sample by the book: what every other path is tested against. *noise* is
/// added before rounding, in steps of `to`.
void
reference_convert(const struct conversion* c,
                  void* out,
                  const void* in,
                  double noise);

enum { GENERAL_MAX = 512 };

/// At most GENERAL_MAX samples that lie side by side. *noise* may be null.
void
general_convert(const struct conversion* c,
                void* out,
                const void* in,
                uint32_t n,
                const double* noise);

/// The range of an integer encoding. Given at run time although it could be
/// constants: those make the compiler give up on plain minimum and maximum.
struct limits {
  float lo;
  float hi;
};

/// A pair of encodings with a loop of its own.
struct hot {
  struct conversion conversion;
  struct limits limits;
  void (*run)(void* out, const void* in, uint32_t n, const struct limits* l);
};

/// Null when there is none.
const struct hot*
hot_find(const struct conversion* c);

/// The same between two planes and one interleaved run.
struct stereo {
  struct conversion conversion;
  uint32_t to_packing; // enum rill_packing
  uint32_t reserved0;
  struct limits limits;
  void (*run)(void* both,
              void* left,
              void* right,
              uint32_t n_frames,
              const struct limits* l);
};

const struct stereo*
stereo_find(const struct conversion* c, uint32_t to_packing);

/// Copies *n* samples of *size* bytes that lie *step* bytes apart to where
/// they lie side by side, and back.
void
weave_gather(void* out,
             const void* in,
             int64_t step,
             uint32_t size,
             uint32_t n);

void
weave_scatter(void* out,
              int64_t step,
              const void* in,
              uint32_t size,
              uint32_t n);

/// Frames first .. first + n - 1 of planes with four bytes a sample to one
/// interleaved run, and back.
void
weave_words(void* run,
            const struct rill_plane* planes,
            uint32_t n_channels,
            uint32_t first,
            uint32_t n);

void
part_words(const struct rill_plane* planes,
           uint32_t first,
           const void* run,
           uint32_t n_channels,
           uint32_t n);

/// Triangular noise of two steps peak to peak, for frames from *position* on.
/// A function of key and position alone, so that block sizes do not matter.
void
noise_fill(double* out, uint64_t key, int64_t position, uint32_t n);

/// The key of one channel.
uint64_t
noise_key(uint64_t seed, uint32_t channel);

#endif
