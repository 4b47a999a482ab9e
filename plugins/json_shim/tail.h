// SPDX-License-Identifier: ISC
// The last words of a child: a ring of what it wrote to its stderr.
#ifndef JSON_SHIM_TAIL_H
#define JSON_SHIM_TAIL_H

#include <stddef.h>
#include <stdint.h>

enum {
  TAIL_BYTES = 65536,
  TAIL_LINES = 20,
  TAIL_LINE_BYTES = 150 // of a line, in an error; the rest is cut
};

/// Zeroed memory is an empty one.
struct tail {
  uint64_t n; // bytes that ever came; the last TAIL_BYTES are kept
  char bytes[TAIL_BYTES];
};

void
tail_add(struct tail* tail, const char* bytes, size_t n);

/// Writes the last lines, each with a line break before it and bytes that are
/// no printable text as '?', or nothing. *out* ends with NUL.
void
tail_print(const struct tail* tail, char* out, size_t n_bytes);

#endif
