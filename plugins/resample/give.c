// SPDX-License-Identifier: ISC
#include "give.h"

#include <string.h>

static void
drop(struct stream* s, uint32_t n)
{
  s->now.held -= n;
  s->now.base += n;
  for (uint32_t c = 0; c < s->channels; ++c) {
    float* const plane = s->history + (size_t)c * s->capacity;
    memmove(plane, plane + n, s->now.held * sizeof *plane);
  }
}

// -- blocks -------------------------------------------------------------------

uint32_t
give_window(const struct stream* s)
{
  return s->plan.n_in + (s->plan.windows - 1) * s->plan.hop_in;
}

// Output frames of one step.
struct span {
  int64_t origin; // of the first window; may lie before the start
  uint64_t from;
  uint64_t to;
};

static struct span
next_span(const struct stream* s, uint64_t limit)
{
  const struct plan* const p = &s->plan;
  const int64_t groups = s->now.base / p->in;
  const int64_t origin = groups * p->out + p->first;
  const uint64_t end = (uint64_t)(origin + (int64_t)s->plan.windows * p->hop_out);
  return (struct span){ origin, s->now.n_out, end < limit ? end : limit };
}

// What span has of the frames of one window that begin with *at*.
static void
write_window(const struct stream* s,
             const struct span* span,
             const void* plane,
             int64_t at,
             float* out)
{
  const struct plan* const p = &s->plan;
  const int64_t end = at + p->hop_out;
  const int64_t from = at > (int64_t)span->from ? at : (int64_t)span->from;
  const int64_t to = end < (int64_t)span->to ? end : (int64_t)span->to;
  if (from < to) {
    blocks_read(&s->blocks, plane, p->first + (uint32_t)(from - at),
                (uint32_t)(to - from), out + (from - (int64_t)span->from));
  }
}

// A window of a channel: that of the first window of all channels, then those
// of the second.
static void
write_track(const struct stream* s,
            const struct span* span,
            uint32_t track,
            const void* plane,
            const struct rill_buffer* out,
            uint32_t made)
{
  const int64_t window = track / s->channels;
  float* const to =
    (float*)out->planes[track % s->channels].data + made;
  write_window(s, span, plane, span->origin + window * s->plan.hop_out, to);
}

static const float*
track_input(const struct stream* s, uint32_t track)
{
  return s->history + (size_t)(track % s->channels) * s->capacity +
         (size_t)(track / s->channels) * s->plan.hop_in;
}

static void
run_step(const struct stream* s,
         const struct span* span,
         const struct rill_buffer* out,
         uint32_t made)
{
  for (uint32_t track = 0; track < s->plan.windows * s->channels; track += 2) {
    const struct fft_planes pair = blocks_run(
      &s->blocks, track_input(s, track), track_input(s, track + 1));
    write_track(s, span, track, pair.re, out, made);
    write_track(s, span, track + 1, pair.im, out, made);
  }
}

static int
give_blocks(struct stream* s,
            uint64_t limit,
            const struct rill_buffer* out,
            uint32_t* made)
{
  while (s->now.held == s->capacity && s->now.n_out < limit) {
    const struct span span = next_span(s, limit);
    const uint64_t n = span.to > span.from ? span.to - span.from : 0;
    if (n > out->capacity_frames - *made) {
      return 0;
    }
    run_step(s, &span, out, *made);
    *made += (uint32_t)n;
    s->now.n_out += n;
    drop(s, s->plan.windows * s->plan.hop_in);
  }
  return 1;
}

// -- taps ---------------------------------------------------------------------

int64_t
give_first(const struct plan* plan, uint64_t n_out)
{
  const uint64_t part = n_out % plan->out * plan->in / plan->out;
  const int64_t whole = (int64_t)(n_out / plan->out * plan->in + part);
  return whole + plan->ahead + 1 - plan->n_taps;
}

// Where the next output frame begins in the history, and its fraction.
struct cursor {
  uint32_t skip;
  uint32_t fraction;
};

static struct cursor
find_cursor(const struct stream* s)
{
  const struct plan* const p = &s->plan;
  const uint64_t n = s->now.n_out;
  return (struct cursor){ (uint32_t)(give_first(p, n) - s->now.base),
                          (uint32_t)(n % p->out * p->in % p->out) };
}

static void
advance(struct cursor* at, const struct plan* p, uint32_t whole, uint32_t part)
{
  at->skip += whole;
  at->fraction += part;
  if (at->fraction >= p->out) {
    at->fraction -= p->out;
    ++at->skip;
  }
}

// One frame of each channel.
static void
write_frame(const struct stream* s,
            const struct cursor* at,
            const struct rill_buffer* out,
            uint32_t made)
{
  for (uint32_t c = 0; c < s->channels; ++c) {
    const float* const in = s->history + (size_t)c * s->capacity + at->skip;
    ((float*)out->planes[c].data)[made] =
      taps_run(&s->taps, in, at->fraction);
  }
}

static int
give_taps(struct stream* s,
          uint64_t limit,
          const struct rill_buffer* out,
          uint32_t* made)
{
  const struct plan* const p = &s->plan;
  const uint32_t whole = p->in / p->out;
  const uint32_t part = p->in % p->out;
  const uint64_t room = out->capacity_frames - *made;
  const uint64_t left = limit - s->now.n_out;
  const uint64_t most = room < left ? room : left;
  struct cursor at = find_cursor(s);
  uint32_t n = 0;

  while (n < most && at.skip + p->n_taps <= s->now.held) {
    write_frame(s, &at, out, *made + n);
    advance(&at, p, whole, part);
    ++n;
  }
  *made += n;
  s->now.n_out += n;
  if (n == room && at.skip + p->n_taps <= s->now.held && n < left) {
    return 0;
  }
  if (s->now.held == s->capacity) {
    drop(s, at.skip);
  }
  return 1;
}

int
give(struct stream* s,
     uint64_t limit,
     const struct rill_buffer* out,
     uint32_t* made)
{
  return s->plan.way == PLAN_BLOCKS ? give_blocks(s, limit, out, made)
                                    : give_taps(s, limit, out, made);
}
