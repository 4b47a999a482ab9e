// SPDX-License-Identifier: ISC
// The texts that diagnostics point into.
#ifndef SPEC_SOURCES_H
#define SPEC_SOURCES_H

#include <stddef.h>
#include <stdint.h>

struct source;

/// Zero-initialised is empty.
struct sources {
  struct source* items;
  size_t n;
  size_t capacity;
};

/// The one copy of the name *file*, or null: out of memory.
const char*
sources_name(struct sources* sources, const char* file);

/// The same with a copy of its text, without a byte order mark. A second text
/// of the same name is ignored.
const char*
sources_add(struct sources* sources, const char* file, const char* text,
            size_t n_bytes);

/// Line *line* (from 1) without what ends it, or null: not known. LF, CR and
/// both end a line.
const char*
sources_line(const struct sources* sources, const char* file, uint32_t line,
             size_t* n_bytes);

/// In order of adding; behind all when *file* is unknown or null.
size_t
sources_rank(const struct sources* sources, const char* file);

void
sources_fini(struct sources* sources);

#endif
