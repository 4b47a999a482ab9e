// SPDX-License-Identifier: ISC
#include "cutter.h"

static int64_t
least(int64_t a, int64_t b)
{
  return a < b ? a : b;
}

static int64_t
most(int64_t a, int64_t b)
{
  return a > b ? a : b;
}

static int64_t
end_of(const struct rill_buffer* b)
{
  return b->media_pos + b->n_frames;
}

void
cutter_init(struct cutter* c, const struct rill_host* host)
{
  *c = (struct cutter){ .host = host };
  c->held.item_bytes = sizeof(struct rill_buffer*);
  c->verdicts.item_bytes = sizeof(struct verdict);
  c->spans.padded.item_bytes = sizeof(struct span);
}

static struct rill_buffer*
head(const struct cutter* c)
{
  return *(struct rill_buffer**)fifo_at(&c->held, 0);
}

static void
drop_head(struct cutter* c)
{
  c->host->buffers->unref(c->host, head(c));
  fifo_pop(&c->held);
}

void
cutter_reset(struct cutter* c)
{
  while (fifo_count(&c->held)) {
    drop_head(c);
  }
  if (c->pending) {
    c->host->buffers->unref(c->host, c->pending);
    c->pending = NULL;
  }
  fifo_clear(&c->verdicts);
  spans_reset(&c->spans);
  c->audio_is_over = 0;
  c->n_segments = 0;
  c->cursor = 0;
}

void
cutter_fini(struct cutter* c)
{
  cutter_reset(c);
  fifo_fini(&c->held);
  fifo_fini(&c->verdicts);
  spans_fini(&c->spans);
}

int32_t
cutter_hold(struct cutter* c, struct rill_buffer* b)
{
  if (!fifo_push(&c->held, &b)) {
    return RILL_ERR_NO_MEMORY;
  }
  c->host->buffers->ref(c->host, b);
  return RILL_OK;
}

int32_t
cutter_judge(struct cutter* c, const struct verdict* v)
{
  if (v->is_speech && !fifo_push(&c->verdicts, v)) {
    return RILL_ERR_NO_MEMORY;
  }
  return spans_add(&c->spans, v->begin, v->end, v->is_speech)
           ? RILL_OK
           : RILL_ERR_NO_MEMORY;
}

void
cutter_end_verdicts(struct cutter* c)
{
  spans_end(&c->spans);
}

void
cutter_end_audio(struct cutter* c)
{
  c->audio_is_over = 1;
}

// Where the segment must end that begins at *begin*.
static int64_t
limit_of(const struct cutter* c, int64_t begin)
{
  return c->max_length ? begin + c->max_length : INT64_MAX;
}

// Finds what to cut next, always within the buffer in front; those that have
// nothing more to give are dropped. So slices end where buffers, spans and
// segments do, and nowhere else.
static int
find_slice(struct cutter* c, struct span* out)
{
  while (fifo_count(&c->held)) {
    const struct rill_buffer* const b = head(c);
    const int64_t end = end_of(b);
    const int64_t begin = most(c->cursor, b->media_pos);
    if (end > spans_sure(&c->spans)) {
      return 0;
    }
    const struct span* const span =
      begin < end ? spans_find(&c->spans, begin) : NULL;
    if (span && span->begin < end) {
      out->begin = most(begin, span->begin);
      const int64_t limit =
        limit_of(c, c->pending ? c->segment.begin : out->begin);
      out->end = least(least(end, span->end), limit);
      return out->begin < out->end;
    }
    c->cursor = most(c->cursor, end);
    drop_head(c);
  }
  return 0;
}

// The slice in *range* of the buffer in front.
static struct rill_buffer*
slice(struct cutter* c, const struct span* range)
{
  struct rill_buffer* const b = head(c);
  struct rill_buffer* const s =
    c->host->buffers->slice(c->host, b, (uint32_t)(range->begin - b->media_pos),
                            (uint32_t)(range->end - range->begin));
  if (s) {
    c->cursor = range->end;
    s->flags &= ~(uint32_t)(RILL_BUFFER_DISCONT | RILL_BUFFER_END);
    if (range->end == end_of(b)) {
      drop_head(c);
    }
  }
  return s;
}

static void
begin_segment(struct cutter* c, struct rill_buffer* first)
{
  c->segment.begin = first->media_pos;
  c->segment_pts_ns = first->pts_ns;
  c->sum = 0.0;
  c->n_summed = 0;
  ++c->n_segments;
  first->flags |= RILL_BUFFER_DISCONT;
}

// A verdict counts where it begins.
static void
sum_confidence(struct cutter* c, int64_t end)
{
  while (fifo_count(&c->verdicts)) {
    const struct verdict* const v = fifo_at(&c->verdicts, 0);
    if (v->begin >= end) {
      return;
    }
    if (v->begin >= c->segment.begin) {
      c->sum += (double)v->confidence;
      ++c->n_summed;
    }
    fifo_pop(&c->verdicts);
  }
}

// Whether the segment certainly ends with pending, and all verdicts that its
// confidence needs are there.
static int
is_last(struct cutter* c)
{
  const int64_t end = end_of(c->pending);
  if (c->spans.known < end) {
    return 0;
  }
  if (end == limit_of(c, c->segment.begin)) {
    return 1;
  }
  const struct span* const span = spans_find(&c->spans, end - 1);
  return span && span->end == end && spans_is_final(&c->spans);
}

static void
give(struct cutter* c, struct cut* out)
{
  struct rill_buffer* const b = c->pending;
  c->pending = NULL;
  b->stream_id = c->n_segments;
  c->segment.end = end_of(b);
  sum_confidence(c, c->segment.end);
  *out = (struct cut){ .buffer = b };
}

static void
give_last(struct cutter* c, struct cut* out)
{
  give(c, out);
  out->buffer->flags |= RILL_BUFFER_END;
  out->is_last = 1;
  out->segment = c->segment;
  out->pts_ns = c->segment_pts_ns;
  out->confidence = c->n_summed ? c->sum / (double)c->n_summed : 0.0;
}

int32_t
cutter_next(struct cutter* c, struct cut* out)
{
  struct span range;
  *out = (struct cut){ .buffer = NULL };
  while (!out->buffer) {
    if (c->pending && is_last(c)) {
      give_last(c, out);
      return RILL_OK;
    }
    if (!find_slice(c, &range)) {
      if (c->pending && c->audio_is_over && c->spans.is_over) {
        give_last(c, out);
      }
      return RILL_OK;
    }
    struct rill_buffer* const next = slice(c, &range);
    if (!next) {
      return RILL_ERR_NO_MEMORY;
    }
    if (c->pending) {
      give(c, out);
    } else {
      begin_segment(c, next);
    }
    c->pending = next;
  }
  return RILL_OK;
}
