// SPDX-License-Identifier: ISC
// Whether a parameter's text is JSON. It is kept as it is: who reads it later
// has a JSON library.
#include "param_private.h"

#include <string.h>

enum { MAX_DEPTH = 64 };

static const char*
skip_space(const char* at)
{
  return at + strspn(at, " \t\r\n");
}

static const char*
skip_digits(const char* at)
{
  const size_t n = strspn(at, "0123456789");
  return n ? at + n : NULL;
}

static const char*
scan_number(const char* at)
{
  at += *at == '-';
  at = *at == '0' ? at + 1 : skip_digits(at);
  if (at && *at == '.') {
    at = skip_digits(at + 1);
  }
  if (at && (*at == 'e' || *at == 'E')) {
    at += 1 + (at[1] == '+' || at[1] == '-');
    at = skip_digits(at);
  }
  return at;
}

// *at* stands behind the quote; gives what is behind the other one.
static const char*
scan_string(const char* at)
{
  for (; *at != '"'; ++at) {
    if ((unsigned char)*at < 0x20) {
      return NULL; // the end of the text too
    }
    if (*at == '\\') {
      ++at;
      if (*at == 'u' && strspn(at + 1, "0123456789abcdefABCDEF") >= 4) {
        at += 4;
      } else if (!*at || !strchr("\"\\/bfnrt", *at)) {
        return NULL;
      }
    }
  }
  return at + 1;
}

static const char*
scan_value(const char* at, int depth);

static const char*
scan_key(const char* at)
{
  at = *at == '"' ? scan_string(at + 1) : NULL;
  at = at ? skip_space(at) : NULL;
  return at && *at == ':' ? skip_space(at + 1) : NULL;
}

// The members behind the bracket that opens.
static const char*
scan_members(const char* at, int is_object, int depth)
{
  const char end = is_object ? '}' : ']';
  at = skip_space(at);
  if (*at == end) {
    return at + 1;
  }
  for (;;) {
    at = is_object ? scan_key(at) : at;
    at = at ? scan_value(at, depth + 1) : NULL;
    at = at ? skip_space(at) : NULL;
    if (!at || *at == end) {
      return at ? at + 1 : NULL;
    }
    if (*at != ',') {
      return NULL;
    }
    at = skip_space(at + 1);
  }
}

// Gives the end of the value at *at*, or null.
static const char*
scan_value(const char* at, int depth)
{
  static const char* const words[] = {"true", "false", "null"};
  if (depth > MAX_DEPTH) {
    return NULL;
  }
  if (*at == '{' || *at == '[') {
    return scan_members(at + 1, *at == '{', depth);
  }
  if (*at == '"') {
    return scan_string(at + 1);
  }
  for (size_t i = 0; i < sizeof words / sizeof words[0]; ++i) {
    const size_t n = strlen(words[i]);
    if (!strncmp(at, words[i], n)) {
      return at + n;
    }
  }
  return scan_number(at);
}

int32_t
param_read_json(const struct complaint* c, struct rill_value* out)
{
  const char* const end = scan_value(skip_space(c->text), 0);
  const size_t n = strlen(c->text);
  if (!end || *skip_space(end) || n > UINT32_MAX) {
    return param_refuse(c, "is not JSON: write a map, a list or a number, and "
                           "a text as '\"text\"'");
  }
  *out = (struct rill_value){
    .type = RILL_TYPE_JSON, .n = (uint32_t)n, .text = c->text};
  return RILL_OK;
}
