// SPDX-License-Identifier: ISC
#include "base/text.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int
make_room(struct text* text, size_t n_more)
{
  const size_t wanted = text->n + n_more + 1;
  if (text->failed || wanted <= text->capacity) {
    return !text->failed;
  }
  const size_t capacity = wanted * 2;
  char* const data = mem_resize(text->data, capacity, 1);
  if (!data) {
    text->failed = 1;
    return 0;
  }
  text->data = data;
  text->capacity = capacity;
  return 1;
}

void
text_add_bytes(struct text* text, const char* bytes, size_t n)
{
  if (make_room(text, n)) {
    memcpy(text->data + text->n, bytes, n);
    text->n += n;
    text->data[text->n] = '\0';
  }
}

void
text_add(struct text* text, const char* format, ...)
{
  va_list args;
  va_start(args, format);
  const int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n < 0 || !make_room(text, (size_t)n)) {
    return;
  }
  va_start(args, format);
  vsnprintf(text->data + text->n, (size_t)n + 1, format, args);
  va_end(args);
  text->n += (size_t)n;
}

const char*
text_get(const struct text* text)
{
  return text->data ? text->data : "";
}

char*
text_take(struct text* text)
{
  char* data = NULL;
  if (!text->failed) {
    data = text->data ? text->data : mem_strdup("");
    text->data = NULL;
  }
  text_fini(text);
  return data;
}

void
text_fini(struct text* text)
{
  mem_free(text->data);
  *text = (struct text){ 0 };
}
