// SPDX-License-Identifier: ISC
// Stretches of time that somebody marked, from JSON objects.
#ifndef PLOT_MARKS_H
#define PLOT_MARKS_H

#include <stddef.h>

struct mark {
  double start; // seconds
  double end;   // not before the start
  double confidence; // 0 to 1; 1 unless given
  char* label;       // or null
};

struct marks {
  struct mark* all;
  size_t n;
  size_t room;
};

enum mark_result { MARK_OK, MARK_NO_MEMORY, MARK_MALFORMED };

/// Adds what *text* says: an object with the numbers "start" and "end", and
/// perhaps "confidence" (a number) and "label" (a string); other keys may be
/// there. When it is malformed *why* says how.
enum mark_result
marks_add(struct marks* marks, const char* text, size_t n_bytes,
          const char** why);

/// In the order of time, so that the order of arrival does not matter.
void
marks_sort(struct marks* marks);

/// Forgets all.
void
marks_fini(struct marks* marks);

#endif
