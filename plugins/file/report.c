// SPDX-License-Identifier: ISC
#include "report.h"

#include "text.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_DEPTH = 64 };

struct span {
  const char* at;
  size_t n;
};

struct member {
  struct span key; // without quotes, as written
  struct span value;
};

struct scan {
  const char* at;
  const char* end;
};

static void
skip_space(struct scan* s)
{
  while (s->at < s->end && strchr(" \t\r\n", *s->at) && *s->at) {
    ++s->at;
  }
}

static int
skip_char(struct scan* s, char c)
{
  skip_space(s);
  if (s->at == s->end || *s->at != c) {
    return 0;
  }
  ++s->at;
  return 1;
}

// From behind the first quote to behind the last.
static int
skip_string(struct scan* s)
{
  for (; s->at < s->end; ++s->at) {
    if (*s->at == '\\') {
      ++s->at;
    } else if (*s->at == '"') {
      ++s->at;
      return s->at <= s->end;
    }
  }
  return 0;
}

// To the comma or bracket that ends it. Brackets are counted, not matched: the
// value is passed on as it is.
static int
skip_value(struct scan* s)
{
  int depth = 0;
  for (; s->at < s->end; ++s->at) {
    const char c = *s->at;
    if (c == '"') {
      ++s->at;
      if (!skip_string(s)) {
        return 0;
      }
      --s->at;
    } else if (!depth && (c == ',' || c == '}')) {
      return 1;
    } else {
      depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
    if (depth < 0 || depth > MAX_DEPTH) {
      return 0;
    }
  }
  return 0;
}

static int
next_member(struct scan* s, struct member* out)
{
  if (!skip_char(s, '"')) {
    return 0;
  }
  out->key.at = s->at;
  if (!skip_string(s)) {
    return 0;
  }
  out->key.n = (size_t)(s->at - out->key.at) - 1;
  if (!skip_char(s, ':')) {
    return 0;
  }
  skip_space(s);
  out->value.at = s->at;
  if (!skip_value(s)) {
    return 0;
  }
  out->value.n = (size_t)(s->at - out->value.at);
  while (out->value.n && strchr(" \t\r\n", out->value.at[out->value.n - 1])) {
    --out->value.n;
  }
  skip_char(s, ',');
  return out->value.n > 0;
}

static int
begin_object(const struct report* r, struct scan* s)
{
  *s = (struct scan){ r->object, r->object + r->object_bytes };
  return r->object && skip_char(s, '{');
}

static int
is_key(const struct member* m, const char* key)
{
  return m->key.n == strlen(key) && !memcmp(m->key.at, key, m->key.n);
}

static int
find_member(const struct report* r, const char* key, struct member* out)
{
  struct scan s;
  if (!begin_object(r, &s)) {
    return 0;
  }
  while (next_member(&s, out)) {
    if (is_key(out, key)) {
      return 1;
    }
  }
  return 0;
}

static void
add_key(struct text* text, const char* key, size_t n)
{
  text_add(text, text->n > 1 ? ", \"" : "\"", text->n > 1 ? 3 : 1);
  text_add(text, key, n);
  text_add(text, "\": ", 3);
}

// Seconds to the microsecond, without zeros at the end.
static void
add_seconds(struct text* text, int64_t frames, uint32_t rate)
{
  char digits[48];
  const int64_t whole = rate ? frames / rate : 0;
  const int64_t micros =
    rate ? (frames % rate * 1000000 + rate / 2) / rate : 0;
  int n = snprintf(digits, sizeof digits, "%" PRId64 ".%06" PRId64,
                   whole + micros / 1000000, micros % 1000000);
  while (digits[n - 1] == '0') {
    --n;
  }
  n -= digits[n - 1] == '.';
  text_add(text, digits, (size_t)n);
}

static void
add_number(struct text* text, uint64_t number)
{
  char digits[24];
  const int n = snprintf(digits, sizeof digits, "%" PRIu64, number);
  text_add(text, digits, (size_t)n);
}

enum { START, END, CONFIDENCE, FILE_NAME, FRAMES, RATE, CHANNELS, N_KEYS };
static const char* const keys[N_KEYS] = { "start",  "end",  "confidence",
                                          "file",   "frames", "rate",
                                          "channels" };

static void
add_own(struct text* text, const struct report* r, int key)
{
  if (key == CONFIDENCE) {
    return; // only others know it
  }
  add_key(text, keys[key], strlen(keys[key]));
  switch (key) {
    case START: add_seconds(text, r->first, r->rate); break;
    case END:
      add_seconds(text, r->first + (int64_t)r->n_frames, r->rate);
      break;
    case FILE_NAME: text_add_json_string(text, r->path); break;
    case FRAMES: add_number(text, r->n_frames); break;
    case RATE: add_number(text, r->rate); break;
    default: add_number(text, r->channels);
  }
}

static void
add_member(struct text* text, const struct member* m)
{
  add_key(text, m->key.at, m->key.n);
  text_add(text, m->value.at, m->value.n);
}

static int
is_own_key(const struct member* m)
{
  for (int k = 0; k < N_KEYS; ++k) {
    if (is_key(m, keys[k])) {
      return 1;
    }
  }
  return 0;
}

char*
report_text(const struct report* report)
{
  struct text text = { 0 };
  struct member m;
  struct scan s;
  text_add(&text, "{", 1);
  for (int k = 0; k < N_KEYS; ++k) {
    // What only this file's writer can know is not for others to say.
    if (k <= CONFIDENCE && find_member(report, keys[k], &m)) {
      add_member(&text, &m);
    } else {
      add_own(&text, report, k);
    }
  }
  for (int more = begin_object(report, &s); more && next_member(&s, &m);) {
    if (!is_own_key(&m)) {
      add_member(&text, &m);
    }
  }
  text_add(&text, "}", 1);
  return text_take(&text);
}
