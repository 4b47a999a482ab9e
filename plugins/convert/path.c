// SPDX-License-Identifier: ISC
#include "path.h"

#include <rill/helpers.h>

#include <string.h>

static int
loses_bits(const struct conversion* c)
{
  const uint32_t from = sample_bits(c->from);
  const uint32_t to = sample_bits(c->to);
  return to && (!from || from > to);
}

void
path_init(struct path* path,
          const struct rill_format* to,
          const struct rill_format* from,
          uint32_t scale,
          uint32_t dither,
          uint64_t seed)
{
  *path = (struct path){
    .conversion = { from->encoding, to->encoding, scale },
    .channels = from->channels,
    .seed = seed,
  };
  path->dither = dither && loses_bits(&path->conversion);
  if (!path->dither) {
    path->hot = hot_find(&path->conversion);
  }
  if (!path->dither && from->channels == 2 && from->packing != to->packing) {
    path->stereo = stereo_find(&path->conversion, to->packing);
  }
}

// Samples side by side.
static void
convert_run(const struct path* path, void* out, const void* in, uint32_t n)
{
  const struct conversion* const c = &path->conversion;
  const uint32_t out_bytes = rill_sample_bytes(c->to);
  const uint32_t in_bytes = rill_sample_bytes(c->from);

  if (c->from == c->to) {
    memcpy(out, in, (size_t)n * out_bytes);
    return;
  }
  if (path->hot) {
    path->hot->run(out, in, n, &path->hot->limits);
    return;
  }
  for (uint32_t i = 0; i < n; i += GENERAL_MAX) {
    const uint32_t rest = n - i;
    general_convert(c, (uint8_t*)out + (size_t)i * out_bytes,
                    (const uint8_t*)in + (size_t)i * in_bytes,
                    rest < GENERAL_MAX ? rest : GENERAL_MAX, NULL);
  }
}

static void
convert_dithered(const struct path* path,
                 void* out,
                 const void* in,
                 uint32_t n,
                 uint32_t channel,
                 int64_t position)
{
  double noise[GENERAL_MAX];
  noise_fill(noise, noise_key(path->seed, channel), position, n);
  general_convert(&path->conversion, out, in, n, noise);
}

// At most GENERAL_MAX frames of one channel, wherever its samples lie.
static void
convert_part(const struct path* path,
             const struct rill_plane* to,
             const struct rill_plane* from,
             uint32_t channel,
             uint32_t first,
             uint32_t n,
             int64_t position)
{
  uint8_t in_store[GENERAL_MAX * sizeof(double)];
  uint8_t out_store[GENERAL_MAX * sizeof(double)];
  const uint32_t in_bytes = rill_sample_bytes(path->conversion.from);
  const uint32_t out_bytes = rill_sample_bytes(path->conversion.to);
  const uint8_t* in = (const uint8_t*)from->data + first * from->step;
  uint8_t* const target = (uint8_t*)to->data + first * to->step;
  uint8_t* const out = to->step == out_bytes ? target : out_store;

  if (from->step != in_bytes) {
    weave_gather(in_store, in, from->step, in_bytes, n);
    in = in_store;
  }
  if (path->dither) {
    convert_dithered(path, out, in, n, channel, position + first);
  } else {
    convert_run(path, out, in, n);
  }
  if (out != target) {
    weave_scatter(target, to->step, out, out_bytes, n);
  }
}

// Whether the channels of each frame lie side by side, without gaps.
static int
is_one_run(const struct rill_plane* planes, uint32_t n, uint32_t n_bytes)
{
  for (uint32_t c = 0; c < n; ++c) {
    if (planes[c].step != (int64_t)n * n_bytes ||
        (uint8_t*)planes[c].data != (uint8_t*)planes[0].data + c * n_bytes) {
      return 0;
    }
  }
  return 1;
}

static int
are_planes(const struct rill_plane* planes, uint32_t n, uint32_t n_bytes)
{
  for (uint32_t c = 0; c < n; ++c) {
    if (planes[c].step != n_bytes) {
      return 0;
    }
  }
  return 1;
}

static int
stereo_run(const struct path* path,
           const struct rill_plane* to,
           const struct rill_plane* from,
           uint32_t n_frames)
{
  const struct stereo* const s = path->stereo;
  const int weaves = s->to_packing == RILL_INTERLEAVED;
  const struct rill_plane* const both = weaves ? to : from;
  const struct rill_plane* const apart = weaves ? from : to;
  const uint32_t from_bytes = rill_sample_bytes(path->conversion.from);
  const uint32_t to_bytes = rill_sample_bytes(path->conversion.to);

  if (!is_one_run(both, 2, weaves ? to_bytes : from_bytes) ||
      !are_planes(apart, 2, weaves ? from_bytes : to_bytes)) {
    return 0;
  }
  s->run(both[0].data, apart[0].data, apart[1].data, n_frames, &s->limits);
  return 1;
}

// The side whose samples have four bytes is where many channels are woven.
enum { WEAVE_SAMPLES = 4096 };

static int
weave_run(const struct path* path,
          const struct rill_plane* to,
          const struct rill_plane* from,
          uint32_t n_frames)
{
  const uint32_t n = path->channels;
  const uint32_t bytes = rill_sample_bytes(path->conversion.to);
  const uint32_t some = WEAVE_SAMPLES / n < 4 ? 4 : WEAVE_SAMPLES / n / 4 * 4;
  uint32_t words[WEAVE_SAMPLES];
  if (some * n > WEAVE_SAMPLES ||
      rill_sample_bytes(path->conversion.from) != 4 || !are_planes(from, n, 4) ||
      !is_one_run(to, n, bytes)) {
    return 0;
  }
  for (uint32_t i = 0; i < n_frames; i += some) {
    const uint32_t part = n_frames - i < some ? n_frames - i : some;
    uint8_t* const out = (uint8_t*)to->data + (size_t)i * n * bytes;
    const int is_copy = path->conversion.from == path->conversion.to;
    weave_words(is_copy ? (void*)out : words, from, n, i, part);
    if (!is_copy) {
      convert_run(path, out, words, part * n);
    }
  }
  return 1;
}

static int
part_run(const struct path* path,
         const struct rill_plane* to,
         const struct rill_plane* from,
         uint32_t n_frames)
{
  const uint32_t n = path->channels;
  const uint32_t bytes = rill_sample_bytes(path->conversion.from);
  const uint32_t some = WEAVE_SAMPLES / n < 4 ? 4 : WEAVE_SAMPLES / n / 4 * 4;
  uint32_t words[WEAVE_SAMPLES];
  if (some * n > WEAVE_SAMPLES ||
      rill_sample_bytes(path->conversion.to) != 4 || !are_planes(to, n, 4) ||
      !is_one_run(from, n, bytes)) {
    return 0;
  }
  for (uint32_t i = 0; i < n_frames; i += some) {
    const uint32_t part = n_frames - i < some ? n_frames - i : some;
    const uint8_t* const in = (const uint8_t*)from->data + (size_t)i * n * bytes;
    const int is_copy = path->conversion.from == path->conversion.to;
    if (!is_copy) {
      convert_run(path, words, in, part * n);
    }
    part_words(to, i, is_copy ? (const void*)in : words, n, part);
  }
  return 1;
}

void
path_run(const struct path* path,
         const struct rill_plane* to,
         const struct rill_plane* from,
         uint32_t n_frames,
         int64_t position)
{
  const uint32_t n = path->channels;
  if (path->stereo && stereo_run(path, to, from, n_frames)) {
    return;
  }
  if (!path->dither &&
      is_one_run(to, n, rill_sample_bytes(path->conversion.to)) &&
      is_one_run(from, n, rill_sample_bytes(path->conversion.from))) {
    convert_run(path, to->data, from->data, n_frames * n);
    return;
  }
  if (!path->dither && (weave_run(path, to, from, n_frames) ||
                        part_run(path, to, from, n_frames))) {
    return;
  }
  for (uint32_t first = 0; first < n_frames; first += GENERAL_MAX) {
    const uint32_t rest = n_frames - first;
    for (uint32_t c = 0; c < n; ++c) {
      convert_part(path, &to[c], &from[c], c, first,
                   rest < GENERAL_MAX ? rest : GENERAL_MAX, position);
    }
  }
}
