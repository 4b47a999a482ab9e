// SPDX-License-Identifier: ISC
#include "text.h"

#include <stdlib.h>
#include <string.h>

void
text_add(struct text* text, const char* bytes, size_t n)
{
  if (!text->has_failed && text->capacity - text->n < n) {
    const size_t capacity = 2 * (text->n + n) + 64;
    char* const data = realloc(text->data, capacity);
    text->has_failed = !data;
    text->data = data ? data : text->data;
    text->capacity = data ? capacity : text->capacity;
  }
  if (!text->has_failed) {
    memcpy(text->data + text->n, bytes, n);
    text->n += n;
  }
}

// Bytes of the UTF-8 sequence at *s, or 0: shortest form, no surrogates.
static size_t
utf8_length(const unsigned char* s)
{
  static const struct {
    unsigned char low, high, next_low, next_high, n;
  } forms[] = {
    { 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
    { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
    { 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
    { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
  };
  if (*s < 0x80) {
    return 1;
  }
  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; ++i) {
    if (*s >= forms[i].low && *s <= forms[i].high &&
        s[1] >= forms[i].next_low && s[1] <= forms[i].next_high &&
        (forms[i].n < 3 || (s[2] & 0xc0) == 0x80) &&
        (forms[i].n < 4 || (s[3] & 0xc0) == 0x80)) {
      return forms[i].n;
    }
  }
  return 0;
}

void
text_add_json_string(struct text* text, const char* string)
{
  char escaped[8];
  text_add(text, "\"", 1);
  while (*string) {
    const unsigned char c = (unsigned char)*string;
    const size_t n = utf8_length((const unsigned char*)string);
    if (c == '"' || c == '\\') {
      text_add(text, "\\", 1);
      text_add(text, string, 1);
    } else if (c < 0x20) {
      snprintf(escaped, sizeof escaped, "\\u%04x", c);
      text_add(text, escaped, 6);
    } else if (n) {
      text_add(text, string, n);
    } else {
      text_add(text, "\xef\xbf\xbd", 3);
    }
    string += n ? n : 1;
  }
  text_add(text, "\"", 1);
}

char*
text_take(struct text* text)
{
  text_add(text, "", 1);
  if (text->has_failed) {
    free(text->data);
    text->data = NULL;
  }
  return text->data;
}
