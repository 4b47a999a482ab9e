// SPDX-License-Identifier: ISC
#include "marks.h"

#include "scan.h"

#include <stdlib.h>
#include <string.h>

/// What an object said so far.
struct draft {
  struct mark mark;
  int seen; // a bit for each key
  char label[SCAN_TEXT_BYTES];
};

static const char* const keys[] = { "start", "end", "confidence", "label" };
enum { START, END, CONFIDENCE, LABEL, N_KEYS };

static int
find_key(const char* name)
{
  int i = 0;
  while (i < N_KEYS && strcmp(name, keys[i]) != 0) {
    ++i;
  }
  return i;
}

static int
scan_value(struct scan* s, int key, struct draft* d)
{
  if (key == N_KEYS) {
    return scan_skip(s);
  }
  if (d->seen >> key & 1) {
    s->why = "a key is there twice";
    return 0;
  }
  d->seen |= 1 << key;
  switch (key) {
    case START: return scan_number(s, &d->mark.start);
    case END: return scan_number(s, &d->mark.end);
    case CONFIDENCE: return scan_number(s, &d->mark.confidence);
    default: return scan_string(s, d->label);
  }
}

static int
scan_members(struct scan* s, struct draft* d)
{
  char key[SCAN_TEXT_BYTES];
  do {
    if (!scan_string(s, key) || !scan_char(s, ':') ||
        !scan_value(s, find_key(key), d)) {
      return 0;
    }
  } while (scan_sees(s, ',') && scan_char(s, ','));
  return 1;
}

static const char*
complaint(const struct draft* d)
{
  const struct mark* const m = &d->mark;
  return !(d->seen & 1 << START)      ? "it has no \"start\""
         : !(d->seen & 1 << END)      ? "it has no \"end\""
         : m->end < m->start          ? "its end is before its start"
         : !(m->confidence >= 0.0 && m->confidence <= 1.0)
           ? "its confidence is not from 0 to 1"
           : NULL;
}

static int
scan_mark(struct scan* s, struct draft* d)
{
  if (!scan_char(s, '{') || (!scan_sees(s, '}') && !scan_members(s, d)) ||
      !scan_char(s, '}') || !scan_end(s)) {
    return 0;
  }
  s->why = complaint(d);
  return !s->why;
}

static int
need_room(struct marks* m)
{
  if (m->n == m->room) {
    const size_t room = m->room ? m->room * 2 : 64;
    struct mark* const all = realloc(m->all, room * sizeof *all);
    if (!all) {
      return 0;
    }
    m->all = all;
    m->room = room;
  }
  return 1;
}

enum mark_result
marks_add(struct marks* m, const char* text, size_t n_bytes, const char** why)
{
  struct scan s = { .at = text, .end = text + n_bytes };
  struct draft d = { .mark = { .confidence = 1.0 } };
  if (!scan_mark(&s, &d)) {
    *why = s.why;
    return MARK_MALFORMED;
  }
  if (*d.label && !(d.mark.label = strdup(d.label))) {
    return MARK_NO_MEMORY;
  }
  if (!need_room(m)) {
    free(d.mark.label);
    return MARK_NO_MEMORY;
  }
  m->all[m->n++] = d.mark;
  return MARK_OK;
}

static int
order(double a, double b)
{
  return (a > b) - (a < b);
}

static int
compare(const void* left, const void* right)
{
  const struct mark* const a = left;
  const struct mark* const b = right;
  const int by_start = order(a->start, b->start);
  const int by_end = by_start ? by_start : order(a->end, b->end);
  const int by_both = by_end ? by_end : order(a->confidence, b->confidence);
  return by_both ? by_both
                 : strcmp(a->label ? a->label : "", b->label ? b->label : "");
}

void
marks_sort(struct marks* m)
{
  if (m->n) {
    qsort(m->all, m->n, sizeof *m->all, compare);
  }
}

void
marks_fini(struct marks* m)
{
  for (size_t i = 0; i < m->n; ++i) {
    free(m->all[i].label);
  }
  free(m->all);
  memset(m, 0, sizeof *m);
}
