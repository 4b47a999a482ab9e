// SPDX-License-Identifier: ISC
// Reads JSON of the strict kind, forwards only. Each call skips white space
// in front of what it reads, and gives 0, with *why* set, when something else
// stands there.
#ifndef PLOT_SCAN_H
#define PLOT_SCAN_H

#include <stddef.h>

struct scan {
  const char* at;
  const char* end;
  const char* why; // of the call that failed
};

enum { SCAN_TEXT_BYTES = 256 };

/// Exactly *c*.
int
scan_char(struct scan* scan, char c);

/// Whether *c* comes next; it stays.
int
scan_sees(struct scan* scan, char c);

/// A string, without its escapes; what does not fit into *out* is left out.
int
scan_string(struct scan* scan, char out[SCAN_TEXT_BYTES]);

/// A finite number.
int
scan_number(struct scan* scan, double* out);

/// Any value.
int
scan_skip(struct scan* scan);

/// Nothing but white space is left.
int
scan_end(struct scan* scan);

/// The next byte, or 0 at the end.
char
scan_peek(const struct scan* scan);

/// Sets *why*; gives 0.
int
scan_fail(struct scan* scan, const char* why);

#endif
