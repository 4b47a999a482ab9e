// SPDX-License-Identifier: ISC
#include "spec/names.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { SUGGEST_FROM = 1000 };

enum status
names_add(struct names* names, const struct word* word)
{
  struct name* const items =
    mem_grow(names->items, names->n, &names->capacity, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  names->items = items;
  items[names->n] = (struct name){ word, names->n };
  ++names->n;
  return STATUS_OK;
}

static int
compare(const void* a, const void* b)
{
  const struct name* const x = a;
  const struct name* const y = b;
  const int order = strcmp(x->word->text, y->word->text);
  return order ? order : (x->index > y->index) - (x->index < y->index);
}

void
names_sort(struct names* names, struct diags* diags, const char* code,
           const char* what)
{
  if (names->n) {
    qsort(names->items, names->n, sizeof *names->items, compare);
  }
  size_t first = 0;
  for (size_t i = 1; i < names->n; ++i) {
    const struct word* const word = names->items[i].word;
    const struct word* const before = names->items[first].word;
    if (strcmp(word->text, before->text) != 0) {
      first = i;
    } else if (diags) {
      diags_add(diags, SEVERITY_ERROR, code, word->place, NULL,
                &before->place, "%s '%.80s' is there twice", what,
                word->text);
    }
  }
}

const struct name*
names_find(const struct names* names, const char* text)
{
  size_t begin = 0;
  size_t end = names->n;
  while (begin < end) { // the first of equal ones
    const size_t middle = begin + (end - begin) / 2;
    if (strcmp(names->items[middle].word->text, text) < 0) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  const int is_there =
    begin < names->n && !strcmp(names->items[begin].word->text, text);
  return is_there ? &names->items[begin] : NULL;
}

const char*
names_suggest(const struct names* names, const struct diags* diags,
              const char* word, char* out, size_t n_bytes)
{
  const char* texts[SUGGEST_FROM];
  const size_t n = names->n < SUGGEST_FROM ? names->n : SUGGEST_FROM;
  for (size_t i = 0; i < n; ++i) {
    texts[i] = names->items[i].word->text;
  }
  return diags_suggest(diags, word, texts, n, out, n_bytes);
}

void
names_fini(struct names* names)
{
  mem_free(names->items);
  *names = (struct names){ 0 };
}
