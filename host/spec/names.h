// SPDX-License-Identifier: ISC
// Words in order of their text: finds one, and those that stand twice. Sorted,
// not hashed: no file can make it slow.
#ifndef SPEC_NAMES_H
#define SPEC_NAMES_H

#include "spec/diag.h"
#include "spec/spec.h"

#include <stddef.h>

struct name {
  const struct word* word;
  size_t index; // in order of adding
};

/// Zero-initialised is empty. The words are the caller's and must stay where
/// they are: only their addresses are kept.
struct names {
  struct name* items;
  size_t n;
  size_t capacity;
};

enum status
names_add(struct names* names, const struct word* word);

/// After the last names_add and before all else. Each word that stood there
/// already is put into *diags* with *code* and its first place: "node 'a' is
/// there twice", where *what* is "node". *diags* may be null.
void
names_sort(struct names* names, struct diags* diags, const char* code,
           const char* what);

/// The first of that text, or null.
const struct name*
names_find(const struct names* names, const char* text);

/// As diags_suggest.
const char*
names_suggest(const struct names* names, const struct diags* diags,
              const char* word, char* out, size_t n_bytes);

void
names_fini(struct names* names);

#endif
