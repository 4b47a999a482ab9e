// SPDX-License-Identifier: ISC
// Values of options: read and checked.
#ifndef CLI_VALUES_H
#define CLI_VALUES_H

#include "cli/args.h"

/// Room for the one line that says what is wrong with the command line.
struct problem {
  char* text;
  size_t n_bytes;
};

/// Gives STATUS_USAGE.
enum status
problem_say(struct problem* problem, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

/// Gives STATUS_NO_MEMORY.
enum status
problem_no_memory(struct problem* problem);

/// Reads *text* as the value of option *id*, which the user wrote *spelling*.
enum status
value_take(struct args* args, enum option_id id, const char* spelling,
           const char* text, struct problem* problem);

/// A whole number in decimal, min to max, as options and variables of the
/// environment write it. 0: it is none; *out* is written only on success.
int
value_count(const char* text, uint32_t min, uint32_t max, uint32_t* out);

#endif
