// SPDX-License-Identifier: ISC
// Text in lines that a terminal holds.
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include <stdio.h>

enum { WRAP_COLUMNS = 80 };

/// Prints *text*, broken between words so that no line passes WRAP_COLUMNS.
/// Lines start at column *indent* (from 0); *column* is where the first word
/// goes. A newline in *text* begins a new line. Ends with a newline.
void
wrap_print(FILE* to, const char* text, int indent, int column);

#endif
