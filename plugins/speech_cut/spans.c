// SPDX-License-Identifier: ISC
#include "spans.h"

void
spans_reset(struct spans* s)
{
  s->known = 0;
  s->run = (struct span){ 0, 0 };
  s->state = RUN_NONE;
  s->is_over = 0;
  fifo_clear(&s->padded);
}

void
spans_fini(struct spans* s)
{
  fifo_fini(&s->padded);
}

static struct span*
last_span(const struct spans* s)
{
  const uint32_t n = fifo_count(&s->padded);
  return n ? fifo_at(&s->padded, n - 1) : NULL;
}

// The run with its pads, as a span of its own or as more of the last one.
static int
accept(struct spans* s)
{
  struct span* const last = last_span(s);
  const int64_t begin = s->run.begin > s->pad ? s->run.begin - s->pad : 0;
  const struct span padded = { begin, s->run.end + s->pad };
  if (last && padded.begin <= last->end) {
    last->end = padded.end;
    return 1;
  }
  return fifo_push(&s->padded, &padded);
}

static int
is_long(const struct spans* s)
{
  return s->run.end - s->run.begin >= s->min_length;
}

static int
go_on(struct spans* s, int64_t begin, int64_t end)
{
  if (s->state == RUN_NONE) {
    s->run.begin = begin;
    s->state = RUN_SHORT;
  }
  s->run.end = end;
  if (s->state == RUN_LONG || is_long(s)) {
    s->state = RUN_LONG;
    return accept(s);
  }
  return 1;
}

int
spans_add(struct spans* s, int64_t begin, int64_t end, int is_speech)
{
  int ok = 1;
  begin = begin > s->known ? begin : s->known;
  if (s->is_over || end <= begin) {
    return 1;
  }
  if (s->state != RUN_NONE && begin - s->run.end >= s->min_gap &&
      begin > s->run.end) {
    s->state = RUN_NONE; // a long one has been accepted, a short one is none
  }
  if (is_speech) {
    ok = go_on(s, begin, end);
  } else if (s->state != RUN_NONE && end - s->run.end >= s->min_gap) {
    s->state = RUN_NONE;
  }
  s->known = end;
  return ok;
}

void
spans_end(struct spans* s)
{
  s->state = RUN_NONE;
  s->is_over = 1;
  s->known = INT64_MAX;
}

// Where the next span can begin at the earliest.
static int64_t
next_begin(const struct spans* s)
{
  if (s->is_over) {
    return INT64_MAX;
  }
  return (s->state == RUN_SHORT ? s->run.begin : s->known) - s->pad;
}

int64_t
spans_sure(const struct spans* s)
{
  const struct span* const last = last_span(s);
  const int64_t end = last ? last->end : 0;
  if (s->state == RUN_LONG) {
    return end; // it goes on or not
  }
  const int64_t next = next_begin(s);
  return next > end ? next : end;
}

const struct span*
spans_find(struct spans* s, int64_t frame)
{
  while (fifo_count(&s->padded)) {
    const struct span* const first = fifo_at(&s->padded, 0);
    if (first->end > frame) {
      return first;
    }
    // The last one may still grow.
    if (fifo_count(&s->padded) == 1 && !spans_is_final(s)) {
      return NULL;
    }
    fifo_pop(&s->padded);
  }
  return NULL;
}

int
spans_is_final(const struct spans* s)
{
  if (fifo_count(&s->padded) > 1) {
    return 1;
  }
  return s->state != RUN_LONG && next_begin(s) > last_span(s)->end;
}
