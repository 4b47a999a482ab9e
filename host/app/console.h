// SPDX-License-Identifier: ISC
// What the terminal can show.
#ifndef APP_CONSOLE_H
#define APP_CONSOLE_H

#include <stdio.h>

/// Whether text on stderr may have colours: it is a terminal, and NO_COLOR is
/// not set.
int
console_has_color(void);

/// A text for stderr that is printed into memory first, so that a reader who
/// has stopped cannot stop the program.
struct console_text {
  FILE* file; // null: memory is out
  char* data;
  size_t n;
};

void
console_begin(struct console_text* text);

/// Shows the text, as far as stderr takes it, and frees it.
void
console_end(struct console_text* text);

#endif
