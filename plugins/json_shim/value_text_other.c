// SPDX-License-Identifier: ISC
// Values that are no audio: strings, and JSON that came from elsewhere.
#include "value_text.h"

#include <string.h>

// Bytes of the UTF-8 character that begins at *at*, or 0 when it is none:
// overlong, a surrogate, beyond U+10FFFF, cut short.
static uint32_t
character_bytes(const uint8_t* at, size_t n)
{
  static const struct {
    uint8_t first_lo, first_hi, second_lo, second_hi, bytes;
  } forms[] = {
    { 0x00, 0x7f, 0x00, 0x00, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
    { 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
    { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
    { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
    { 0xf4, 0xf4, 0x80, 0x8f, 4 },
  };
  uint32_t f = 0;
  while (f < sizeof forms / sizeof forms[0] &&
         (at[0] < forms[f].first_lo || at[0] > forms[f].first_hi)) {
    ++f;
  }
  if (f == sizeof forms / sizeof forms[0] || forms[f].bytes > n) {
    return 0;
  }
  for (uint32_t i = 1; i < forms[f].bytes; ++i) {
    const uint8_t lo = i == 1 ? forms[f].second_lo : 0x80;
    const uint8_t hi = i == 1 ? forms[f].second_hi : 0xbf;
    if (at[i] < lo || at[i] > hi) {
      return 0;
    }
  }
  return forms[f].bytes;
}

// The escape of what a string of JSON cannot hold as it is, or null.
static const char*
escape_of(uint8_t c, char* room)
{
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  if (c >= ' ' && c != 0x7f) {
    return NULL;
  }
  sprintf(room, "\\u%04x", c);
  return room;
}

static int32_t
add_character(struct text* text, const char* at, uint32_t n)
{
  char room[8];
  const char* const escape = escape_of((uint8_t)*at, room);
  return escape ? text_add_string(text, escape) : text_add(text, at, n);
}

int32_t
value_text_string(struct text* text, const char* bytes, size_t n, struct why* why)
{
  int32_t st = text_add_string(text, "\"");
  for (size_t i = 0; i < n && st >= 0;) {
    const uint32_t n_bytes = character_bytes((const uint8_t*)bytes + i, n - i);
    if (!n_bytes || !bytes[i]) {
      return why_set(why, RILL_ERR_INPUT, "byte %zu of the text is %s", i,
                     n_bytes ? "NUL" : "not UTF-8");
    }
    st = add_character(text, bytes + i, n_bytes);
    i += n_bytes;
  }
  st = st < 0 ? st : text_add_string(text, "\"");
  return st < 0 ? why_set(why, st, "out of memory for a value's text") : RILL_OK;
}

int32_t
value_text_json(struct text* text,
                const char* bytes,
                size_t n,
                struct document* scratch,
                struct why* why)
{
  int32_t st = document_read(scratch, bytes, n, why);
  document_clear(scratch);
  if (st < 0) {
    return st == RILL_ERR_CORRUPT ? RILL_ERR_INPUT : st;
  }
  const size_t begin = text->n;
  st = text_add(text, bytes, n);
  if (st < 0) {
    return why_set(why, st, "out of memory for a value's text");
  }
  // Only white space can be a line break: in strings it would be an escape.
  for (size_t i = begin; i < text->n; ++i) {
    if (text->at[i] == '\n' || text->at[i] == '\r') {
      text->at[i] = ' ';
    }
  }
  return RILL_OK;
}
