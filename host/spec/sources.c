// SPDX-License-Identifier: ISC
#include "spec/sources.h"

#include "base/mem.h"
#include "spec/utf8.h"

#include <string.h>

struct source {
  char* file;
  char* text; // null: only the name is known
  size_t n_bytes;
};

static struct source*
find(const struct sources* sources, const char* file)
{
  for (size_t i = 0; file && i < sources->n; ++i) {
    struct source* const source = &sources->items[i];
    if (source->file == file || !strcmp(source->file, file)) {
      return source;
    }
  }
  return NULL;
}

static struct source*
intern(struct sources* sources, const char* file)
{
  struct source* const known = find(sources, file);
  if (known) {
    return known;
  }
  struct source* const items =
    mem_grow(sources->items, sources->n, &sources->capacity, sizeof *items);
  if (!items) {
    return NULL;
  }
  sources->items = items;
  struct source* const source = &items[sources->n];
  *source = (struct source){ .file = mem_strdup(file) };
  sources->n += source->file != NULL;
  return source->file ? source : NULL;
}

const char*
sources_name(struct sources* sources, const char* file)
{
  const struct source* const source = intern(sources, file);
  return source ? source->file : NULL;
}

const char*
sources_add(struct sources* sources, const char* file, const char* text,
            size_t n_bytes)
{
  const size_t n_mark = utf8_mark_length(text, n_bytes);
  struct source* const source = intern(sources, file);
  if (source && !source->text) {
    source->text = mem_strndup(text + n_mark, n_bytes - n_mark);
    source->n_bytes = n_bytes - n_mark;
  }
  return source && source->text ? source->file : NULL;
}

static size_t
line_length(const char* text, size_t n_bytes)
{
  size_t n = 0;
  while (n < n_bytes && text[n] != '\n' && text[n] != '\r') {
    ++n;
  }
  return n;
}

const char*
sources_line(const struct sources* sources, const char* file, uint32_t line,
             size_t* n_bytes)
{
  const struct source* const source = find(sources, file);
  if (!source || !source->text || !line) {
    return NULL;
  }
  const char* text = source->text;
  const char* const end = text + source->n_bytes;
  for (uint32_t i = 1; i < line; ++i) {
    text += line_length(text, (size_t)(end - text));
    if (text == end) {
      return NULL;
    }
    text += end - text > 1 && text[0] == '\r' && text[1] == '\n' ? 2 : 1;
  }
  *n_bytes = line_length(text, (size_t)(end - text));
  return text;
}

size_t
sources_rank(const struct sources* sources, const char* file)
{
  const struct source* const source = find(sources, file);
  return source ? (size_t)(source - sources->items) : sources->n;
}

void
sources_fini(struct sources* sources)
{
  for (size_t i = 0; i < sources->n; ++i) {
    mem_free(sources->items[i].file);
    mem_free(sources->items[i].text);
  }
  mem_free(sources->items);
  *sources = (struct sources){ 0 };
}
