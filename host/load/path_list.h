// SPDX-License-Identifier: ISC
#ifndef LOAD_PATH_LIST_H
#define LOAD_PATH_LIST_H

#include "base/status.h"

#include <stddef.h>

/// Paths that it owns. Zero-initialised is empty.
struct path_list {
  char** items;
  size_t n;
  size_t capacity;
};

/// Adds a copy of the text.
enum status
path_list_add(struct path_list* list, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

/// Sorts items *first* to the end by name.
void
path_list_sort(struct path_list* list, size_t first);

void
path_list_fini(struct path_list* list);

#endif
