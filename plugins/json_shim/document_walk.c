// SPDX-License-Identifier: ISC
#include "document_walk.h"

#include "base64.h"

#include <stdlib.h>
#include <string.h>

struct walk {
  struct document* doc;
  const char* begin;
  const char* at;
  const char* end;
  const char* copied; // up to here is in doc->thin
  struct span key;    // of the member whose value comes next; empty for others
  uint32_t depth;
  uint32_t n_values;
  const char* item; // where an element of "outputs" began, or null
  struct why* why;
};

static int32_t
refuse(const struct walk* w, const char* at, const char* text)
{
  return why_set(w->why, RILL_ERR_CORRUPT, "byte %zu: %s", (size_t)(at - w->begin), text);
}

static int
is_blank(char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static int
is_key(const struct walk* w, const char* name)
{
  return w->key.n == strlen(name) && !memcmp(w->key.at, name, w->key.n);
}

// Room for one more in *list*; gives the list, or null.
static void*
grown(void* list, size_t n, size_t* room, size_t bytes)
{
  if (n < *room) {
    return list;
  }
  const size_t more = *room ? 2 * *room : 16;
  void* const wider = realloc(list, more * bytes);
  *room = wider ? more : *room;
  return wider;
}

// The text up to *at* goes to jansson.
static int32_t
copy_up_to(struct walk* w, const char* at)
{
  const int32_t st = text_add(&w->doc->thin, w->copied, (size_t)(at - w->copied));
  w->copied = at;
  return st;
}

// Cuts from w->at to *after* and leaves a placeholder.
static int32_t
cut(struct walk* w, const char* after, const struct part* part)
{
  struct document* const doc = w->doc;
  struct part* const parts =
    (struct part*)grown(doc->parts, doc->n_parts, &doc->room_parts, sizeof *part);
  if (!parts) {
    return RILL_ERR_NO_MEMORY;
  }
  doc->parts = parts;
  char mark[32];
  const int n = snprintf(mark, sizeof mark, "\"\\u0000%zu\"", doc->n_parts);
  int32_t st = copy_up_to(w, w->at);
  parts[doc->n_parts] = *part;
  parts[doc->n_parts].thin_begin = doc->thin.n;
  st = st < 0 ? st : text_add(&doc->thin, mark, (size_t)n);
  if (st < 0) {
    return st;
  }
  parts[doc->n_parts++].thin_end = doc->thin.n;
  w->copied = w->at = after;
  return RILL_OK;
}

static int32_t
add_item(struct walk* w)
{
  struct document* const doc = w->doc;
  struct span* const items =
    (struct span*)grown(doc->items, doc->n_items, &doc->room_items, sizeof *items);
  if (!items) {
    return RILL_ERR_NO_MEMORY;
  }
  doc->items = items;
  struct span item = { w->item, (size_t)(w->at - w->item) };
  for (; item.n && is_blank(*item.at); ++item.at, --item.n) {
  }
  for (; item.n && is_blank(item.at[item.n - 1]); --item.n) {
  }
  items[doc->n_items] = item;
  doc->n_items += item.n > 0;
  return RILL_OK;
}

// Where the string that begins at the quote *at* has its other quote. Each
// character is looked at twice at most, whatever the escapes.
static int32_t
find_quote(const struct walk* w, const char* at, const char** quote)
{
  const char* const begin = at++;
  const char* next = begin;
  for (;;) {
    if (next < at) {
      next = (const char*)memchr(at, '"', (size_t)(w->end - at));
    }
    if (!next) {
      return refuse(w, begin, "a string without end");
    }
    const char* const escape = (const char*)memchr(at, '\\', (size_t)(next - at));
    if (!escape) {
      *quote = next;
      return RILL_OK;
    }
    if (w->end - escape >= 6 && !memcmp(escape, "\\u0000", 6)) {
      return refuse(w, escape, "\\u0000: texts with NUL are not taken");
    }
    at = escape + 2; // there is a quote behind it
  }
}

static int32_t
take_string(struct walk* w)
{
  const char* quote = NULL;
  const int32_t st = find_quote(w, w->at, &quote);
  if (st < 0) {
    return st;
  }
  const struct span inside = { w->at + 1, (size_t)(quote - w->at - 1) };
  const char* after = quote + 1;
  while (after < w->end && is_blank(*after)) {
    ++after;
  }
  if (after < w->end && *after == ':') {
    w->key = inside;
    w->at = after + 1;
    return RILL_OK;
  }
  if (is_key(w, "base64") && base64_is_text(inside.at, inside.n)) {
    return cut(w, quote + 1, &(struct part){ .text = inside });
  }
  w->at = quote + 1;
  return RILL_OK;
}

static int32_t
check_depth(const struct walk* w)
{
  return w->depth < DOCUMENT_MAX_DEPTH
           ? RILL_OK
           : refuse(w, w->at, "values are nested more than 64 deep");
}

static int32_t
enter(struct walk* w)
{
  const int32_t st = check_depth(w);
  ++w->depth;
  ++w->at;
  return st;
}

static int32_t
take_array(struct walk* w)
{
  if (w->depth == 1 && is_key(w, "outputs")) {
    w->doc->n_items = 0;
    w->item = w->at + 1;
    return enter(w);
  }
  struct part part = { .is_array = 1 };
  int32_t st = check_depth(w);
  st = st < 0 ? st
              : array_scan(w->at, w->end, &w->doc->numbers, &part.array, w->why);
  if (st < 0) {
    return st;
  }
  if (part.array.kind == ARRAY_OTHER) {
    return enter(w);
  }
  if (part.array.kind == ARRAY_BAD) {
    const struct why reason = *w->why;
    return refuse(w, w->at, reason.text);
  }
  part.text = (struct span){ part.array.at, (size_t)(part.array.end - part.array.at) };
  return cut(w, part.array.end + 1, &part);
}

static int32_t
take_end(struct walk* w, int is_array)
{
  int32_t st = RILL_OK;
  if (w->item && is_array && w->depth == 2) {
    st = add_item(w);
    w->item = NULL;
  }
  w->depth -= w->depth > 0;
  ++w->at;
  return st;
}

static int32_t
take_comma(struct walk* w)
{
  int32_t st = RILL_OK;
  if (++w->n_values > DOCUMENT_MAX_VALUES) {
    return refuse(w, w->at, "more than 1048576 values");
  }
  if (w->item && w->depth == 2) {
    st = add_item(w);
    w->item = w->at + 1;
  }
  ++w->at;
  return st;
}

static int32_t
step(struct walk* w)
{
  const char c = *w->at;
  int32_t st = RILL_OK;
  if (c == '"') {
    const char* const key = w->key.at;
    st = take_string(w);
    if (w->key.at != key) {
      return st; // its value comes next
    }
  } else if (c == '[') {
    st = take_array(w);
  } else if (c == '{') {
    st = enter(w);
  } else if (c == ']' || c == '}') {
    st = take_end(w, c == ']');
  } else if (c == ',') {
    st = take_comma(w);
  } else {
    ++w->at;
    if (is_blank(c)) {
      return st; // between a key and its value
    }
  }
  w->key = (struct span){ NULL, 0 };
  return st;
}

int32_t
document_walk(struct document* doc, const char* text, size_t n, struct why* why)
{
  struct walk w = { .doc = doc, .begin = text, .at = text, .end = text + n,
                    .copied = text, .why = why };
  if (n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) {
    return refuse(&w, text, "a byte order mark: JSON begins without one");
  }
  int32_t st = RILL_OK;
  while (w.at < w.end && st >= 0) {
    st = step(&w);
  }
  return st < 0 ? st : copy_up_to(&w, w.end);
}
