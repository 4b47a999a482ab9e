// SPDX-License-Identifier: ISC
// A string that grows.
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>

/// Zero-initialised is empty. *data* is null or ends with NUL. After memory
/// ran out, *failed* is set and further additions do nothing.
struct text {
  char* data;
  size_t n;
  size_t capacity;
  int failed;
};

void
text_add(struct text* text, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

void
text_add_bytes(struct text* text, const char* bytes, size_t n);

/// The string, never null: "" for an empty text.
const char*
text_get(const struct text* text);

/// Hands the string to the caller (mem_free), null when memory ran out; the
/// text is empty afterwards.
char*
text_take(struct text* text);

void
text_fini(struct text* text);

#endif
