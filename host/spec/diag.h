// SPDX-License-Identifier: ISC
// Diagnostics: what is wrong with a graph, where, and the cure.
#ifndef SPEC_DIAG_H
#define SPEC_DIAG_H

#include "base/status.h"

#include <stdint.h>
#include <stdio.h>

/// A place in a source text. line and column count from 1, column in
/// characters; 0 means "the file as a whole". *file* lives as long as the
/// diagnostics that it was registered with (diags_add_source).
struct place {
  const char* file;
  uint32_t line;
  uint32_t column;
  uint32_t length; // characters to underline, at least 1
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

enum { DIAGS_MAX_SHOWN = 20 };

struct diag {
  enum severity severity;
  char code[8]; // "G021": part of the interface, listed in `help diagnostics`
  struct place place;
  char* text; // one line: what and why
  char* hint; // the cure ("did you mean 'rs'?"), or null
  struct place other; // a second place ("first defined here"), file null: none
};

struct diags;

struct diags*
diags_new(void);

/// Takes null.
void
diags_free(struct diags* diags);

/// Copies the text of a file, for the lines that are shown. The file name for
/// places, or null when memory is out.
const char*
diags_add_source(struct diags* diags, const char* file, const char* text,
                 size_t n_bytes);

/// The file name as registered, or an interned copy. Null: out of memory.
const char*
diags_file(struct diags* diags, const char* file);

/// Adds one unless the same code stands at the same place already. *hint* and
/// *other* may be null.
void
diags_add(struct diags* diags, enum severity severity, const char* code,
          struct place place, const char* hint, const struct place* other,
          const char* format, ...) __attribute__((format(printf, 7, 8)));

uint32_t
diags_count(const struct diags* diags, enum severity severity);

const struct diag*
diags_get(const struct diags* diags, uint32_t index);

uint32_t
diags_n(const struct diags* diags);

/// All, as text for people: in order of file and line, at most
/// DIAGS_MAX_SHOWN errors, with the source line and a caret. *color* is 0 or 1.
void
diags_print(const struct diags* diags, FILE* to, int color);

#endif
