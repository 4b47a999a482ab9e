// SPDX-License-Identifier: ISC
#include "words.h"

#include <math.h>
#include <rill/helpers.h>
#include <rill/util/clones.h>

enum { PIECE = 1024 }; // words; two such arrays of double stay in the cache

// -- the reference

int32_t
words_integer(double x, uint32_t bits)
{
  const double full = ldexp(1.0, (int)bits - 1);
  const double y = nearbyint(x * full);
  return isnan(x)        ? 0
         : y < -full     ? (int32_t)-full
         : y > full - 1.0 ? (int32_t)(full - 1.0)
                         : (int32_t)y;
}

// -- f32 to s16, the usual case, in one pass

// Adding 1.5 * 2^23 leaves the nearest integer in the lower bits: the adder
// rounds, in every instruction set the same way.
static inline int16_t
s16_of(float x)
{
  float y = x == x ? x * 32768.0f : 0.0f;
  int32_t bits;
  y = y > -32768.0f ? y : -32768.0f;
  y = y < 32767.0f ? y : 32767.0f;
  y += 12582912.0f;
  memcpy(&bits, &y, sizeof bits);
  return (int16_t)(bits - 0x4b400000);
}

RILL_CLONES void
words_s16_from(const float* restrict in, uint32_t n, int16_t* restrict out)
{
  for (size_t i = 0; i < n; ++i) {
    out[i] = s16_of(in[i]);
  }
}

RILL_CLONES static void
s16_from_2(const float* restrict left,
           const float* restrict right,
           uint32_t n,
           int16_t* restrict out)
{
  for (size_t i = 0; i < n; ++i) {
    out[2 * i] = s16_of(left[i]);
    out[2 * i + 1] = s16_of(right[i]);
  }
}

RILL_CLONES static void
count_odd(const float* restrict in,
          uint32_t n,
          uint32_t* restrict n_clipped,
          uint32_t* restrict n_nan)
{
  uint32_t clipped = 0;
  uint32_t nan = 0;
  for (size_t i = 0; i < n; ++i) {
    clipped += fabsf(in[i]) > 1.0f;
    nan += in[i] != in[i];
  }
  *n_clipped = clipped;
  *n_nan = nan;
}

RILL_CLONES static void
f32_from_2(const float* restrict left,
           const float* restrict right,
           uint32_t n,
           float* restrict out)
{
  for (size_t i = 0; i < n; ++i) {
    out[2 * i] = left[i];
    out[2 * i + 1] = right[i];
  }
}

// -- all the rest, by way of double, which holds every sample exactly

struct s24 {
  uint8_t b[3];
};

static double
double_of(uint32_t encoding, const void* at)
{
  int16_t s16;
  int32_t s32;
  float f32;
  const uint8_t* const b = at;
  switch (encoding) {
    case RILL_ENC_S16: return memcpy(&s16, at, 2), s16 * 0x1p-15;
    case RILL_ENC_S32: return memcpy(&s32, at, 4), s32 * 0x1p-31;
    case RILL_ENC_S24:
      return (int32_t)((uint32_t)b[0] << 8 | (uint32_t)b[1] << 16 |
                       (uint32_t)b[2] << 24) * 0x1p-31;
    default: return memcpy(&f32, at, 4), (double)f32;
  }
}

static void
gather(const struct rill_buffer* in, uint32_t first, uint32_t n, double* out)
{
  const uint32_t n_channels = in->n_planes;
  const uint32_t encoding = in->format->encoding;
  for (uint32_t c = 0; c < n_channels; ++c) {
    const struct rill_plane* const p = &in->planes[c];
    const char* at = (const char*)p->data + first * p->step;
    for (uint32_t i = 0; i < n; ++i, at += p->step) {
      out[(uint64_t)i * n_channels + c] = double_of(encoding, at);
    }
  }
}

// Two uniform numbers of a hash of the place: the sum is triangular.
static double
noise_at(uint64_t seed, uint64_t place)
{
  uint64_t z = seed + place * 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  z ^= z >> 31;
  return ((double)(uint32_t)z - (double)(uint32_t)(z >> 32)) * 0x1p-32;
}

static void
add_noise(const struct words* w, double* x, uint32_t n)
{
  const double lsb = ldexp(1.0, 1 - (int)w->bits);
  for (size_t i = 0; i < n; ++i) {
    x[i] += lsb * noise_at(w->seed, w->n_words + i);
  }
}

RILL_CLONES static void
round_to(const double* restrict in,
         uint32_t n,
         double full,
         int32_t* restrict out)
{
  for (size_t i = 0; i < n; ++i) {
    double y = in[i] == in[i] ? in[i] * full : 0.0;
    uint64_t bits;
    y = y > -full ? y : -full;
    y = y < full - 1.0 ? y : full - 1.0;
    y += 6755399441055744.0; // 1.5 * 2^52, as above
    memcpy(&bits, &y, sizeof bits);
    out[i] = (int32_t)(uint32_t)bits;
  }
}

static void
pack(const int32_t* in, uint32_t n, const struct words* w, void* out)
{
  uint8_t* const u8 = out;
  int16_t* const s16 = out;
  struct s24* const s24 = out;
  int32_t* const s32 = out;
  for (size_t i = 0; i < n; ++i) {
    const uint32_t high = (uint32_t)in[i] << (32 - w->bits);
    switch (w->encoding) {
      case RILL_ENC_U8: u8[i] = (uint8_t)((high >> 24) ^ 0x80); break;
      case RILL_ENC_S16: s16[i] = (int16_t)(high >> 16); break;
      case RILL_ENC_S24:
        s24[i] = (struct s24){ { (uint8_t)(high >> 8), (uint8_t)(high >> 16),
                                 (uint8_t)(high >> 24) } };
        break;
      default: s32[i] = (int32_t)high;
    }
  }
}

static void
store(const struct words* w, double* x, uint32_t n, void* out)
{
  int32_t integers[PIECE];
  if (w->encoding == RILL_ENC_F64) {
    memcpy(out, x, n * sizeof *x);
  } else if (w->encoding == RILL_ENC_F32) {
    for (size_t i = 0; i < n; ++i) {
      ((float*)out)[i] = (float)x[i];
    }
  } else {
    if (w->dither) {
      add_noise(w, x, n);
    }
    round_to(x, n, ldexp(1.0, (int)w->bits - 1), integers);
    pack(integers, n, w, out);
  }
}

static void
convert(struct words* w,
        const struct rill_buffer* in,
        uint32_t first,
        uint32_t n_frames,
        char* out)
{
  double x[PIECE];
  const uint32_t n_channels = in->n_planes;
  const uint32_t most = PIECE / n_channels;
  for (uint32_t done = 0; done < n_frames;) {
    const uint32_t n = n_frames - done < most ? n_frames - done : most;
    gather(in, first + done, n, x);
    store(w, x, n * n_channels, out);
    out += (uint64_t)n * n_channels * rill_sample_bytes(w->encoding);
    w->n_words += (uint64_t)n * n_channels;
    done += n;
  }
}

// -- the choice

static int
is_run(const struct rill_buffer* in) // one run of f32 samples a plane
{
  return in->format->encoding == RILL_ENC_F32 && in->planes[0].step == 4;
}

static void
count(struct words* w, const struct rill_buffer* in, uint32_t first, uint32_t n)
{
  uint32_t n_clipped;
  uint32_t n_nan;
  const int is_run_each = is_run(in);
  const uint32_t n_runs = is_run_each ? in->n_planes : 1;
  const uint32_t n_samples = is_run_each ? n : n * in->n_planes;
  for (uint32_t c = 0; c < n_runs; ++c) {
    const char* const at =
      (const char*)in->planes[c].data + first * in->planes[c].step;
    count_odd((const float*)(const void*)at, n_samples, &n_clipped, &n_nan);
    w->n_clipped += n_clipped;
    w->n_nan += n_nan;
  }
}

static const float*
run_of(const struct rill_buffer* in, uint32_t c, uint32_t first)
{
  return (const float*)in->planes[c].data + first;
}

void
words_from(struct words* words,
           const struct rill_buffer* in,
           uint32_t first,
           uint32_t n_frames,
           void* out)
{
  const int is_integer =
    words->encoding != RILL_ENC_F32 && words->encoding != RILL_ENC_F64;
  const int is_simple = words->encoding == RILL_ENC_S16 && words->bits == 16 &&
                        !words->dither && is_run(in);

  if (is_integer && in->format->encoding == RILL_ENC_F32) {
    count(words, in, first, n_frames);
  }
  if (is_simple && in->n_planes == 1) {
    words_s16_from(run_of(in, 0, first), n_frames, out);
  } else if (is_simple && in->n_planes == 2) {
    s16_from_2(run_of(in, 0, first), run_of(in, 1, first), n_frames, out);
  } else if (words->encoding == RILL_ENC_F32 && in->n_planes == 2 &&
             is_run(in)) {
    f32_from_2(run_of(in, 0, first), run_of(in, 1, first), n_frames, out);
  } else {
    convert(words, in, first, n_frames, out);
  }
}

int
words_are_same(const struct words* words, const struct rill_format* format)
{
  return format->encoding == words->encoding && !words->dither &&
         words->bits == 8 * rill_sample_bytes(words->encoding) &&
         (format->packing == RILL_INTERLEAVED || format->channels == 1);
}
