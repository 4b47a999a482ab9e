// SPDX-License-Identifier: ISC
#include "base/json.h"

#include "base/mem.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PRETTY_DEPTH = 2 };

static void
put(struct json* json, const char* bytes)
{
  text_add_bytes(&json->text, bytes, strlen(bytes));
}

// The length of the UTF-8 character at *s*, 0 when it is none: cut short, too
// long for its value, a surrogate or beyond U+10FFFF.
static size_t
character_bytes(const unsigned char* s)
{
  static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
  const size_t n = s[0] < 0x80             ? 1
                   : (s[0] & 0xe0) == 0xc0 ? 2
                   : (s[0] & 0xf0) == 0xe0 ? 3
                   : (s[0] & 0xf8) == 0xf0 ? 4
                                           : 0;
  uint32_t code = n > 1 ? s[0] & (0x7fu >> n) : s[0];
  for (size_t i = 1; i < n; ++i) {
    if ((s[i] & 0xc0) != 0x80) {
      return 0;
    }
    code = code << 6 | (s[i] & 0x3fu);
  }
  const int surrogate = code >= 0xd800 && code <= 0xdfff;
  return n && code >= smallest[n] && code <= 0x10ffff && !surrogate ? n : 0;
}

static void
put_escape(struct json* json, unsigned char c)
{
  static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (const char* p = letters; *p; p += 2) {
    if ((unsigned char)*p == c) {
      text_add(&json->text, "\\%c", p[1]);
      return;
    }
  }
  text_add(&json->text, "\\u%04x", c);
}

static void
put_quoted(struct json* json, const char* value)
{
  const unsigned char* s = (const unsigned char*)value;
  put(json, "\"");
  while (*s) {
    const size_t n = character_bytes(s);
    if (!n) {
      put(json, "\xef\xbf\xbd");
    } else if (*s < 0x20 || *s == '"' || *s == '\\' || *s == 0x7f) {
      put_escape(json, *s);
    } else {
      text_add_bytes(&json->text, (const char*)s, n);
    }
    s += n ? n : 1;
  }
  put(json, "\"");
}

static void
put_break(struct json* json)
{
  if (json->layout == JSON_PRETTY && json->depth <= PRETTY_DEPTH) {
    text_add(&json->text, "\n%*s", 2 * (int)json->depth, "");
  }
}

// All that stands before a value: comma, space or new line, and the key.
static void
put_key(struct json* json, const char* key)
{
  if (json->depth) {
    char* const n_items = &json->n_items[json->depth - 1];
    const int breaks =
      json->layout == JSON_PRETTY && json->depth <= PRETTY_DEPTH;
    put(json, !*n_items ? "" : breaks ? "," : ", ");
    *n_items = 1;
    put_break(json);
  }
  if (key) {
    put_quoted(json, key);
    put(json, ": ");
  }
}

static void
open_value(struct json* json, const char* key, const char* opener, char closer)
{
  put_key(json, key);
  put(json, opener);
  if (json->depth == JSON_MAX_DEPTH) {
    json->text.failed = 1;
    return;
  }
  json->closers[json->depth] = closer;
  json->n_items[json->depth] = 0;
  ++json->depth;
}

void
json_begin(struct json* json, const char* schema)
{
  json_open_object(json, NULL);
  if (schema) {
    json_put_text(json, "schema", schema);
  }
}

void
json_open_object(struct json* json, const char* key)
{
  open_value(json, key, "{", '}');
}

void
json_open_array(struct json* json, const char* key)
{
  open_value(json, key, "[", ']');
}

void
json_close(struct json* json)
{
  if (!json->depth) {
    return;
  }
  --json->depth;
  if (json->n_items[json->depth] && json->depth < PRETTY_DEPTH) {
    put_break(json);
  }
  text_add_bytes(&json->text, &json->closers[json->depth], 1);
}

void
json_put_text(struct json* json, const char* key, const char* value)
{
  if (!value) {
    json_put_null(json, key);
    return;
  }
  put_key(json, key);
  put_quoted(json, value);
}

void
json_put_int(struct json* json, const char* key, int64_t value)
{
  put_key(json, key);
  text_add(&json->text, "%" PRId64, value);
}

void
json_put_uint(struct json* json, const char* key, uint64_t value)
{
  put_key(json, key);
  text_add(&json->text, "%" PRIu64, value);
}

void
json_number(double value, char* out, size_t n_bytes)
{
  if (value == trunc(value) && fabs(value) < 1e15) {
    snprintf(out, n_bytes, "%.0f", value); // 16000, not 1.6e+04
    return;
  }
  int digits = 1;
  do {
    snprintf(out, n_bytes, "%.*g", digits, value);
  } while (strtod(out, NULL) != value && ++digits <= 17);
  // A plugin may have set a locale with another decimal point.
  for (char* c = out; *c; ++c) {
    if (!strchr("0123456789+-e", *c)) {
      *c = '.';
    }
  }
}

void
json_put_real(struct json* json, const char* key, double value)
{
  char number[32];
  if (!isfinite(value)) {
    json_put_null(json, key);
    return;
  }
  json_number(value, number, sizeof number);
  put_key(json, key);
  put(json, number);
}

void
json_put_flag(struct json* json, const char* key, int value)
{
  put_key(json, key);
  put(json, value ? "true" : "false");
}

void
json_put_null(struct json* json, const char* key)
{
  put_key(json, key);
  put(json, "null");
}

char*
json_finish(struct json* json)
{
  while (json->depth) {
    json_close(json);
  }
  char* const text = text_take(&json->text);
  *json = (struct json){ .layout = json->layout };
  return text;
}

enum status
json_print(struct json* json, FILE* to)
{
  char* const text = json_finish(json);
  if (!text) {
    return STATUS_NO_MEMORY;
  }
  const int ok = fputs(text, to) >= 0 && fputc('\n', to) != EOF;
  mem_free(text);
  return ok ? STATUS_OK : STATUS_BAD_OUTPUT;
}
