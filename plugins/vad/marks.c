// SPDX-License-Identifier: ISC
#include "marks.h"

// Room for *n* more items at the end of a queue: by moving it to the front of
// its array, or by a larger array.
struct queue {
  void** array;
  uint32_t* first;
  uint32_t* end;
  uint32_t* max;
  size_t item_bytes;
};

static int
make_room(const struct queue* q, uint32_t n)
{
  char* const array = *q->array;
  const uint32_t used = *q->end - *q->first;
  if (*q->max - *q->end >= n) {
    return 1;
  }
  if (used + n <= *q->max / 2) {
    memmove(array, array + *q->first * q->item_bytes, used * q->item_bytes);
    *q->first = 0;
    *q->end = used;
    return 1;
  }
  const uint32_t max = 2 * (*q->end + n) + 16;
  void* const larger = realloc(array, max * q->item_bytes);
  if (larger) {
    *q->array = larger;
    *q->max = max;
  }
  return larger != NULL;
}

static int
make_room_for_buffer(struct marks* m)
{
  void* array = m->held;
  const int ok = make_room(&(struct queue){ &array, &m->first_held, &m->n_held,
                                            &m->max_held, sizeof *m->held }, 1);
  m->held = array;
  return ok;
}

static int
make_room_for_verdicts(struct marks* m, uint32_t n)
{
  void* array = m->verdicts;
  const int ok =
    make_room(&(struct queue){ &array, &m->first_verdict, &m->n_verdicts,
                               &m->max_verdicts, sizeof *m->verdicts }, n);
  m->verdicts = array;
  return ok;
}

void
marks_reset(struct marks* m)
{
  while (m->first_held < m->n_held) {
    m->host->buffers->unref(m->host, m->held[m->first_held++]);
  }
  m->first_held = 0;
  m->n_held = 0;
  m->first_verdict = 0;
  m->n_verdicts = 0;
  m->hop_at = 0;
  m->frame_at = 0;
  m->is_over = 0;
}

void
marks_fini(struct marks* m)
{
  marks_reset(m);
  free(m->held);
  free(m->verdicts);
  m->held = NULL;
  m->verdicts = NULL;
  m->max_held = 0;
  m->max_verdicts = 0;
}

int32_t
marks_hold(struct marks* m, struct rill_buffer* b)
{
  if (!make_room_for_buffer(m)) {
    return RILL_ERR_NO_MEMORY;
  }
  m->held[m->n_held++] = m->host->buffers->ref(m->host, b);
  return RILL_OK;
}

int32_t
marks_add(struct marks* m, const struct verdict* verdicts, uint32_t n)
{
  if (!n) {
    return RILL_OK;
  }
  if (!make_room_for_verdicts(m, n)) {
    return RILL_ERR_NO_MEMORY;
  }
  memcpy(m->verdicts + m->n_verdicts, verdicts, n * sizeof *verdicts);
  m->n_verdicts += n;
  return RILL_OK;
}

static uint32_t
n_known(const struct marks* m)
{
  return m->n_verdicts - m->first_verdict;
}

int
marks_ready(const struct marks* m)
{
  if (m->first_held == m->n_held) {
    return 0;
  }
  const uint64_t end = m->frame_at + m->held[m->first_held]->n_frames;
  return m->is_over || (m->hop_at + n_known(m)) * m->hop >= end;
}

// The part of hop *i* of the queue that lies in frames begin .. end - 1.
static int32_t
add_mark(const struct marks* m, struct rill_buffer* b, uint32_t i)
{
  const struct verdict* const v = &m->verdicts[m->first_verdict + i];
  const uint64_t end = m->frame_at + b->n_frames;
  const uint64_t hop_begin = (m->hop_at + i) * m->hop;
  const uint64_t hop_end = hop_begin + m->hop;
  const uint64_t from = hop_begin > m->frame_at ? hop_begin : m->frame_at;
  const uint64_t to = hop_end < end ? hop_end : end;
  const struct rill_meta meta = {
    .size = sizeof meta,
    .kind = RILL_META_SPEECH,
    .offset = (uint32_t)(from - m->frame_at),
    .n_frames = (uint32_t)(to - from),
    .value = (double)v->speech,
    .confidence = (double)v->confidence,
  };
  return m->host->buffers->add_meta(m->host, b, &meta);
}

static int32_t
add_marks(const struct marks* m, struct rill_buffer* b)
{
  const uint64_t end = m->frame_at + b->n_frames;
  int32_t st = RILL_OK;
  for (uint32_t i = 0; !st && i < n_known(m) && (m->hop_at + i) * m->hop < end;
       ++i) {
    st = add_mark(m, b, i);
  }
  return st;
}

static void
forget_verdicts_before(struct marks* m, uint64_t frame)
{
  while (n_known(m) && (m->hop_at + 1) * m->hop <= frame) {
    ++m->first_verdict;
    ++m->hop_at;
  }
}

// A slice of the whole is the node's own, and may get metas.
struct rill_buffer*
marks_take(struct marks* m)
{
  const struct rill_buffer_ops* const ops = m->host->buffers;
  struct rill_buffer* const b = m->held[m->first_held];
  struct rill_buffer* own = ops->slice(m->host, b, 0, b->n_frames);
  if (own && add_marks(m, own)) {
    ops->unref(m->host, own);
    own = NULL;
  }
  if (own) {
    ++m->first_held;
    m->frame_at += b->n_frames;
    forget_verdicts_before(m, m->frame_at);
    ops->unref(m->host, b);
  }
  return own;
}
