// SPDX-License-Identifier: ISC
// Why something was refused: one line, without the path and without a newline.
#ifndef LOAD_REASON_H
#define LOAD_REASON_H

#include "base/status.h"

#include <stddef.h>

enum { REASON_BYTES = 512 };

/// Zero-initialised is empty.
struct reason {
  char text[REASON_BYTES];
  int may_pass; // it is this machine, now: the same file may do later
  int is_other; // the file is not the one that was asked for
};

/// Writes the text and gives *status* back, to be returned.
enum status
reason_set(struct reason* reason, enum status status, const char* format, ...)
  __attribute__((format(printf, 3, 4)));

/// Copies the text to *error*, which may be null; gives *status* back. An
/// empty reason says what the status says.
enum status
reason_give(const struct reason* reason, enum status status, char* error,
            size_t error_bytes);

#endif
