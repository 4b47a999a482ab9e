// SPDX-License-Identifier: ISC
#include "load/path_list.h"

#include "base/mem.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum status
path_list_add(struct path_list* list, const char* format, ...)
{
  char path[PATH_MAX];
  va_list args;
  va_start(args, format);
  const int n = vsnprintf(path, sizeof path, format, args);
  va_end(args);
  if (n < 0 || n >= PATH_MAX) {
    return STATUS_OK; // no file can have this name
  }
  char** const items =
    mem_grow(list->items, list->n, &list->capacity, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  list->items = items;
  items[list->n] = mem_strndup(path, (size_t)n);
  return items[list->n] ? (++list->n, STATUS_OK) : STATUS_NO_MEMORY;
}

static int
compare(const void* a, const void* b)
{
  return strcmp(*(char* const*)a, *(char* const*)b);
}

void
path_list_sort(struct path_list* list, size_t first)
{
  if (first < list->n) {
    qsort(list->items + first, list->n - first, sizeof *list->items, compare);
  }
}

void
path_list_fini(struct path_list* list)
{
  for (size_t i = 0; i < list->n; ++i) {
    mem_free(list->items[i]);
  }
  mem_free(list->items);
  *list = (struct path_list){ 0 };
}
