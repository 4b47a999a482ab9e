// SPDX-License-Identifier: ISC
#include "stream.h"

#include "give.h"

#include <rill/helpers.h>

enum { TAPS_ROOM = 4096 }; // frames that the history takes between two moves

// n * out_rate / in_rate to the nearest, halves up; whole seconds apart, so
// that nothing overflows.
static uint64_t
scaled(const struct stream* s, uint64_t n_frames)
{
  const uint64_t in = s->in_rate;
  const uint64_t out = s->out_rate;
  return n_frames / in * out + (n_frames % in * out * 2 + in) / (2 * in);
}

static uint32_t
frames_before(const struct plan* p)
{
  return p->way == PLAN_BLOCKS ? p->before : p->n_taps - 1 - p->ahead;
}

static int
open_way(struct stream* s)
{
  const struct plan* const p = &s->plan;
  if (p->way == PLAN_BLOCKS) {
    s->capacity = give_window(s);
    return blocks_init(&s->blocks, p);
  }
  s->capacity = p->n_taps + (p->n_taps > TAPS_ROOM ? p->n_taps : TAPS_ROOM);
  return taps_init(&s->taps, p);
}

int
stream_open(struct stream* s)
{
  if (!open_way(s)) {
    return 0;
  }
  s->history = (float*)calloc(s->channels, s->capacity * sizeof(float));
  if (!s->history) {
    stream_close(s);
    return 0;
  }
  stream_clear(s);
  return 1;
}

void
stream_close(struct stream* s)
{
  blocks_fini(&s->blocks);
  taps_fini(&s->taps);
  free(s->history);
  s->history = NULL;
}

void
stream_clear(struct stream* s)
{
  const uint32_t before = frames_before(&s->plan);
  s->now = (struct place){ .base = -(int64_t)before, .held = before };
  for (uint32_t c = 0; s->history && c < s->channels; ++c) {
    memset(s->history + (size_t)c * s->capacity, 0, before * sizeof(float));
  }
}

uint32_t
stream_delay(const struct stream* s)
{
  return s->plan.way == PLAN_BLOCKS
           ? give_window(s) - frames_before(&s->plan)
           : s->plan.ahead + 1;
}

// One frame less than what makes the next step possible is the worst; steps
// begin at the same fraction of a frame, except before the start.
uint32_t
stream_tail(const struct stream* s)
{
  const struct plan* const p = &s->plan;
  const uint64_t most = scaled(s, stream_delay(s) - 1);
  if (p->way == PLAN_BLOCKS) {
    return (uint32_t)(most + (uint64_t)(p->before / p->in) * p->out - p->first);
  }
  return (uint32_t)most + 1;
}

uint32_t
stream_burst(const struct stream* s)
{
  return s->plan.way == PLAN_BLOCKS ? s->plan.windows * s->plan.hop_out : 1;
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
  const int64_t n_before = (int64_t)(now->n_out - n_frames);
  out->n_frames = n_frames;
  out->media_pos = now->first_pos + n_before;
  out->pts_ns = now->first_ns + rill_frames_to_ns(n_before, s->out_rate, 1);
  out->duration_ns = rill_frames_to_ns(n_frames, s->out_rate, 1);
  out->stream_id = now->stream_id;
}

// The next frames of *in*, or silence when that is null; gives how many.
static uint32_t
append(struct stream* s, const struct rill_buffer* in, uint32_t at, uint32_t n)
{
  struct place* const now = &s->now;
  const uint32_t room = s->capacity - now->held;
  const uint32_t part = n < room ? n : room;
  for (uint32_t c = 0; c < s->channels; ++c) {
    float* const to = s->history + (size_t)c * s->capacity + now->held;
    if (in) {
      memcpy(to, (const float*)in->planes[c].data + at, part * sizeof *to);
    } else {
      memset(to, 0, part * sizeof *to);
    }
  }
  now->held += part;
  return part;
}

int
stream_take(struct stream* s,
            const struct rill_buffer* in,
            struct rill_buffer* out)
{
  struct place* const now = &s->now;
  uint32_t made = 0;
  int full = 0;
  start_place(s, in);
  while (!(full = !give(s, UINT64_MAX, out, &made)) && now->fed < in->n_frames) {
    const uint32_t n = append(s, in, now->fed, in->n_frames - now->fed);
    now->fed += n;
    now->n_in += n;
  }
  set_place(s, out, made);
  if (!full) {
    now->fed = 0;
  }
  return full;
}

uint64_t
stream_missing(const struct stream* s)
{
  const uint64_t all = scaled(s, s->now.n_in);
  return all > s->now.n_out ? all - s->now.n_out : 0;
}

void
stream_flush(struct stream* s, struct rill_buffer* out)
{
  const uint64_t all = scaled(s, s->now.n_in);
  uint32_t made = 0;
  while (give(s, all, out, &made) && s->now.n_out < all) {
    append(s, NULL, 0, UINT32_MAX);
  }
  set_place(s, out, made);
}

// Far beyond any stream, and far from where sums overflow.
#define FARTHEST ((int64_t)1 << 60)

static int
fits_counts(const struct place* p)
{
  return p->n_in < (uint64_t)FARTHEST && p->n_out < (uint64_t)FARTHEST &&
         p->first_pos > -FARTHEST && p->first_pos < FARTHEST &&
         p->first_ns > -FARTHEST && p->first_ns < FARTHEST;
}

// The history must begin where it did at the start, or some whole steps later,
// with all that the next frame takes.
int
stream_fits(const struct stream* s, const struct place* place)
{
  const struct plan* const p = &s->plan;
  const int64_t start = -(int64_t)frames_before(p);
  if (p->way == PLAN_COPY) {
    return 1;
  }
  if (!fits_counts(place) || place->held > s->capacity ||
      place->base < start || place->base >= FARTHEST) {
    return 0;
  }
  if (p->way == PLAN_BLOCKS) {
    return (place->base - start) % ((int64_t)s->plan.windows * p->hop_in) == 0;
  }
  if (place->n_out >= (uint64_t)FARTHEST / p->in) {
    return 0;
  }
  const int64_t first = give_first(p, place->n_out) - place->base;
  return first >= 0 && first <= (int64_t)place->held;
}
