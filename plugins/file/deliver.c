// SPDX-License-Identifier: ISC
// From the chunk of a source to the buffer of a link.
#include "planar.h"
#include "read.h"
#include "words.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

// The first sample that is no number, or run->n.
static uint32_t
find_odd(const struct run* run)
{
  uint32_t i = 0;
  if (!planar_has_nonfinite(run->samples, run->n)) {
    return run->n;
  }
  while (isfinite(run->samples[i])) {
    ++i;
  }
  return i;
}

static int32_t
refuse_sample(struct file_read* self, const struct run* run, uint32_t i)
{
  struct why why;
  const struct source* const s = &self->source;
  const int64_t first = s->next - source_n_available(s);
  why_set(&why, RILL_ERR_INPUT,
          "%s at frame %" PRId64 ", channel %" PRIu32
          " (nan: zero silences it, nan: pass lets it through)",
          isnan(run->samples[i]) ? "NaN" : "an infinite sample",
          first + run->frame + i / run->n_channels,
          run->channel + i % run->n_channels);
  return read_fail(self, RILL_ERR_INPUT, &why);
}

static void
count_odd(struct file_read* self, const struct run* run)
{
  for (uint32_t i = find_odd(run); i < run->n; ++i) {
    if (!isfinite(run->samples[i])) {
      ++self->n_nonfinite;
      run->samples[i] = self->nan_mode == NAN_ZERO ? 0.0f : run->samples[i];
    }
  }
}

// *runs* are channels of the same frames; the message names the earliest.
static int32_t
check_runs(struct file_read* self, const struct run* runs, uint32_t n_runs)
{
  uint32_t run = 0;
  uint32_t at = runs[0].n;
  for (uint32_t r = 0; r < n_runs; ++r) {
    const uint32_t i = find_odd(&runs[r]);
    run = i < at ? r : run;
    at = i < at ? i : at;
  }
  if (at == runs[0].n) {
    return RILL_OK;
  }
  if (self->nan_mode == NAN_ERROR) {
    return refuse_sample(self, &runs[run], at);
  }
  for (uint32_t r = 0; r < n_runs; ++r) {
    count_odd(self, &runs[r]);
  }
  return RILL_OK;
}

static int32_t
deliver_f32(struct file_read* self,
         const struct rill_buffer* out,
         uint32_t first,
         uint32_t n)
{
  const struct source* const s = &self->source;
  for (uint32_t c = 0; c < out->n_planes; ++c) {
    self->planes[c] = out->planes[s->is_permuted ? s->plane_of[c] : c].data;
    self->runs[c] = (struct run){ self->planes[c] + first, n, 1, c, 0 };
  }
  planar_from(s->header.encoding, source_frames(s), out->n_planes, n,
              self->planes, first);
  return s->is_float ? check_runs(self, self->runs, out->n_planes) : RILL_OK;
}

static void
permute(const struct source* s, int16_t* frames, uint32_t n_frames)
{
  int16_t frame[SOURCE_MAX_MAPPED];
  const uint32_t n = s->header.channels;
  for (uint32_t i = 0; i < n_frames; ++i, frames += n) {
    memcpy(frame, frames, n * sizeof *frame);
    for (uint32_t c = 0; c < n; ++c) {
      frames[s->plane_of[c]] = frame[c];
    }
  }
}

// By way of f32, a piece at a time.
static int32_t
convert_s16(struct file_read* self, int16_t* out, uint32_t n_frames)
{
  const struct source* const s = &self->source;
  const uint32_t n_channels = s->header.channels;
  const uint32_t most = PIECE / n_channels;
  const char* const from = source_frames(s);
  float* const piece = self->piece;

  for (uint32_t i = 0; i < n_frames; i += most) {
    const uint32_t n = n_frames - i < most ? n_frames - i : most;
    const struct run run = { piece, n * n_channels, n_channels, 0, i };
    planar_from(s->header.encoding, from + (uint64_t)i * s->header.frame_bytes,
                1, run.n, &run.samples, 0);
    const int32_t st = s->is_float ? check_runs(self, &run, 1) : RILL_OK;
    if (st) {
      return st;
    }
    words_s16_from(piece, run.n, out + (uint64_t)i * n_channels);
  }
  return RILL_OK;
}

static int32_t
deliver_s16(struct file_read* self,
         const struct rill_buffer* out,
         uint32_t first,
         uint32_t n)
{
  const struct source* const s = &self->source;
  int16_t* const to =
    (int16_t*)out->planes[0].data + (uint64_t)first * s->header.channels;
  int32_t st = RILL_OK;
  if (s->header.encoding == RILL_ENC_S16) {
    memcpy(to, source_frames(s), (uint64_t)n * s->header.frame_bytes);
  } else {
    st = convert_s16(self, to, n);
  }
  if (s->is_permuted) {
    permute(s, to, n);
  }
  return st;
}

int32_t
deliver_frames(struct file_read* self,
               const struct rill_buffer* out,
               uint32_t first,
               uint32_t n)
{
  return self->format.encoding == RILL_ENC_S16
           ? deliver_s16(self, out, first, n)
           : deliver_f32(self, out, first, n);
}
