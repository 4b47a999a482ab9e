// SPDX-License-Identifier: ISC
// Help pages, made from the tables in options.h.
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "cli/options.h"

#include <stdio.h>

enum { USAGE_COLUMNS = 80 };

/// A few lines for someone who typed `rill` alone.
void
usage_short(FILE* to);

/// All verbs and topics.
void
usage_verbs(FILE* to);

/// The page of one verb: summary, usage, what it does, options, examples.
void
usage_verb(const struct verb* verb, FILE* to);

/// Prints *text*, broken between words so that no line passes USAGE_COLUMNS.
/// Lines start at column *indent* (from 0); *column* is where the first word
/// goes. A newline in *text* begins a new line. Ends with a newline.
void
usage_wrap(FILE* to, const char* text, int indent, int column);

#endif
