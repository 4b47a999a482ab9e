// SPDX-License-Identifier: ISC
// What the loader says, in words that name the cure.
#ifndef LOAD_LIBRARY_ERROR_H
#define LOAD_LIBRARY_ERROR_H

#include "load/elf.h"

/// The loader reuses its text: take it at once. *said* may be null.
void
library_error_copy(const char* said, char* out, size_t n_bytes);

/// Puts it into *reason* without the path of the private copy.
enum status
library_error_explain(const char* said, const char* staged_path,
                      const struct elf_facts* facts, struct reason* reason);

#endif
