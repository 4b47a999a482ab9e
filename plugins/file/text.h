// SPDX-License-Identifier: ISC
// A text that grows. Zeroed memory is an empty one.
#ifndef FILE_TEXT_H
#define FILE_TEXT_H

#include <stddef.h>
#include <stdio.h>

struct text {
  char* data;
  size_t n;
  size_t capacity;
  int has_failed; // memory was exhausted: nothing more is added
};

void
text_add(struct text* text, const char* bytes, size_t n);

/// In quotes. Bytes that are no UTF-8 become U+FFFD.
void
text_add_json_string(struct text* text, const char* string);

/// With a NUL at the end; free it. Null when memory was exhausted.
char*
text_take(struct text* text);

#endif
