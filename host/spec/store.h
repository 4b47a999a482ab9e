// SPDX-License-Identifier: ISC
// Memory that is freed in one go. A spec and everything in it lives in one
// store, whose limit is the promise that no graph file takes more.
#ifndef SPEC_STORE_H
#define SPEC_STORE_H

#include <stddef.h>

struct store;

struct store*
store_new(size_t limit_bytes);

/// Takes null.
void
store_free(struct store* store);

/// Zeroed. Null when memory or the limit is out (store_is_full tells which).
void*
store_alloc(struct store* store, size_t n, size_t size);

/// Room for item number *n* behind *n* items that this function has made room
/// for before: the array, moved or not. Null as store_alloc.
void*
store_grow(struct store* store, const void* items, size_t n, size_t size);

/// A copy with a NUL behind it.
char*
store_strndup(struct store* store, const char* s, size_t n);

char*
store_strdup(struct store* store, const char* s);

/// *a* and *b* behind each other.
char*
store_join(struct store* store, const char* a, const char* b);

/// True when an allocation failed because of the limit.
int
store_is_full(const struct store* store);

#define store_new_item(store, type)                                            \
  ((type*)store_alloc((store), 1, sizeof(type)))

#endif
