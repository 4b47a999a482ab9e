// SPDX-License-Identifier: ISC
// Diagnostics: what is wrong with a graph, where, and the cure.
#ifndef SPEC_DIAG_H
#define SPEC_DIAG_H

#include "base/status.h"

#include <stddef.h>
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

/// Shown, and kept, of each severity; those beyond are only counted.
enum { DIAGS_MAX_SHOWN = 20, DIAGS_MAX_KEPT = 200 };

struct diag {
  enum severity severity;
  char code[8]; // "G021": part of the interface, listed in `help diagnostics`
  struct place place;
  char* text; // one line: what and why
  char* hint; // the cure ("did you mean 'rs'?"), or null; may have lines
  struct place other; // a second place ("first defined here"), file null: none
};

struct diags;

struct diags*
diags_new(void);

/// Takes null.
void
diags_free(struct diags* diags);

/// Copies the text of a file, for the lines that are shown. The file name for
/// places, or null when memory is out. The text of a name is set once.
const char*
diags_add_source(struct diags* diags, const char* file, const char* text,
                 size_t n_bytes);

/// The file name as registered, or an interned copy. Null: out of memory.
const char*
diags_file(struct diags* diags, const char* file);

/// Line *line* of a file with its text, without what ends it; *n_bytes* is its
/// length. Null: not known.
const char*
diags_line(const struct diags* diags, const char* file, uint32_t line,
           size_t* n_bytes);

/// Adds one unless the same code stands at the same place already. *hint* and
/// *other* may be null. Control characters in the texts are made visible.
void
diags_add(struct diags* diags, enum severity severity, const char* code,
          struct place place, const char* hint, const struct place* other,
          const char* format, ...) __attribute__((format(printf, 7, 8)));

/// "did you mean 'x'?" in *out*, with the one of *n_words* names that *word*
/// most likely stands for; null when none is near, or when there are so many
/// errors that nobody would see it.
const char*
diags_suggest(const struct diags* diags, const char* word,
              const char* const* words, size_t n_words, char* out,
              size_t n_bytes);

/// All that were added, kept or not.
uint32_t
diags_count(const struct diags* diags, enum severity severity);

/// True when memory ran out for a text: what happened is not known in full.
int
diags_has_lost(const struct diags* diags);

/// Number *index* in order of file, line and column, until the next is added.
const struct diag*
diags_get(const struct diags* diags, uint32_t index);

/// How many are kept.
uint32_t
diags_n(const struct diags* diags);

/// "error", "warning", "note".
const char*
severity_name(enum severity severity);

/// All, as text for people: in order of file and line, at most
/// DIAGS_MAX_SHOWN of each severity, with the source line, a caret and the hint
/// behind it. A hint of several lines takes the place of the source line.
/// *color* is 0 or 1.
void
diags_print(const struct diags* diags, FILE* to, int color);

#endif
