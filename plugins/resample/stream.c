// SPDX-License-Identifier: ISC
#include "stream.h"

#include <rill/helpers.h>

// n * out_rate / in_rate to the nearest, halves up; whole seconds apart, so
// that nothing overflows.
static uint64_t
scaled(const struct stream* s, uint64_t n_frames)
{
  const uint64_t in = s->in_rate;
  const uint64_t out = s->out_rate;
  return n_frames / in * out + (n_frames % in * out * 2 + in) / (2 * in);
}

const char*
stream_open(struct stream* s, unsigned long recipe)
{
  const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_S, SOXR_FLOAT32_S);
  const soxr_quality_spec_t quality = soxr_quality_spec(recipe, 0);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1); // no threads
  soxr_error_t error = NULL;

  s->now = (struct place){ 0 };
  s->in_planes = (const void**)calloc(s->channels, sizeof(void*));
  s->out_planes = (void**)calloc(s->channels, sizeof(void*));
  if (!s->in_planes || !s->out_planes) {
    stream_close(s);
    return "";
  }
  s->soxr = soxr_create(s->in_rate, s->out_rate, s->channels, &error, &io,
                        &quality, &runtime);
  if (!s->soxr) {
    stream_close(s);
    return error ? error : "libsoxr gave no resampler";
  }
  return NULL;
}

void
stream_close(struct stream* s)
{
  soxr_delete(s->soxr);
  free((void*)s->in_planes);
  free(s->out_planes);
  s->soxr = NULL;
  s->in_planes = NULL;
  s->out_planes = NULL;
}

const char*
stream_clear(struct stream* s)
{
  s->now = (struct place){ 0 };
  return s->soxr ? soxr_clear(s->soxr) : NULL;
}

static void
start_place(struct stream* s, const struct rill_buffer* in)
{
  if (!s->now.n_in) {
    const int64_t pos = in->media_pos;
    s->now.first_pos = pos < 0 ? 0 : (int64_t)scaled(s, (uint64_t)pos);
    s->now.first_ns = in->pts_ns;
    s->now.stream_id = in->stream_id;
  }
}

static void
set_place(struct stream* s, struct rill_buffer* out, uint32_t n_frames)
{
  struct place* const now = &s->now;
  out->n_frames = n_frames;
  out->media_pos = now->first_pos + (int64_t)now->n_out;
  out->pts_ns =
    now->first_ns + rill_frames_to_ns((int64_t)now->n_out, s->out_rate, 1);
  out->duration_ns = rill_frames_to_ns(n_frames, s->out_rate, 1);
  out->stream_id = now->stream_id;
  now->n_out += n_frames;
}

static void
set_in_planes(struct stream* s, const struct rill_buffer* in, size_t at)
{
  for (uint32_t c = 0; c < s->channels; ++c) {
    s->in_planes[c] = (const float*)in->planes[c].data + at;
  }
}

static void
set_out_planes(struct stream* s, const struct rill_buffer* out, size_t at)
{
  for (uint32_t c = 0; c < s->channels; ++c) {
    s->out_planes[c] = (float*)out->planes[c].data + at;
  }
}

// Until the input is taken or the output is full: libsoxr takes at once no
// more than it believes the output to have room for.
static soxr_error_t
convert(struct stream* s,
        const struct rill_buffer* in,
        const struct rill_buffer* out,
        size_t* n_made)
{
  const size_t room = out->capacity_frames;
  struct place* const now = &s->now;
  do {
    size_t n_taken = 0;
    size_t n_more = 0;
    set_in_planes(s, in, now->fed);
    set_out_planes(s, out, *n_made);
    const soxr_error_t error =
      soxr_process(s->soxr, (soxr_in_t)s->in_planes, in->n_frames - now->fed,
                   &n_taken, (soxr_out_t)s->out_planes, room - *n_made,
                   &n_more);
    if (error) {
      return error;
    }
    now->n_in += n_taken;
    now->fed += (uint32_t)n_taken;
    *n_made += n_more;
    if (!n_taken && !n_more && now->fed < in->n_frames) {
      return "libsoxr takes no input although there is room for output";
    }
  } while (now->fed < in->n_frames && *n_made < room);
  return NULL;
}

const char*
stream_take(struct stream* s,
            const struct rill_buffer* in,
            struct rill_buffer* out)
{
  size_t n_made = 0;
  start_place(s, in);
  const soxr_error_t error = convert(s, in, out, &n_made);
  if (error) {
    return error;
  }
  set_place(s, out, (uint32_t)n_made);
  if (n_made < out->capacity_frames) {
    s->now.fed = 0;
  }
  return NULL;
}

uint64_t
stream_missing(const struct stream* s)
{
  const uint64_t all = scaled(s, s->now.n_in);
  return all > s->now.n_out ? all - s->now.n_out : 0;
}

// Exactly the frames that are missing: the rule holds whatever libsoxr's own
// count says.
const char*
stream_flush(struct stream* s, struct rill_buffer* out)
{
  const uint64_t missing = stream_missing(s);
  const uint32_t want = missing < out->capacity_frames ? (uint32_t)missing
                                                       : out->capacity_frames;
  size_t n_made = 0;

  set_out_planes(s, out, 0);
  const soxr_error_t error = soxr_process(
    s->soxr, NULL, 0, NULL, (soxr_out_t)s->out_planes, want, &n_made);
  if (error) {
    return error;
  }
  for (uint32_t c = 0; c < s->channels; ++c) {
    memset((float*)s->out_planes[c] + n_made, 0,
           (want - n_made) * sizeof(float));
  }
  set_place(s, out, want);
  return NULL;
}
