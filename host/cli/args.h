// SPDX-License-Identifier: ISC
// The command line, read: one verb, the values of its options, its operands.
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "cli/options.h"
#include "spec/spec.h"

#include <stddef.h>

/// An option as it was given.
struct arg {
  int given;
  const char* text; // TEXT, CHOICE; null: the option came without a value
  uint32_t count;   // COUNT
  double seconds;   // SECONDS
};

struct args {
  const struct verb* verb; // null: only global options
  struct arg options[N_OPTIONS];
  struct spec_setting* settings; // -i, -o, --set; each name once, the last wins
  uint32_t n_settings;
  const char* const* operands;
  uint32_t n_operands;
};

/// Reads argv[1] on. On failure *error* has one line: what is wrong and what
/// was probably meant; then the status is USAGE (or NO_MEMORY) and
/// args->verb is set when the verb was understood. Texts point into *argv*.
/// The caller frees with args_fini in any case.
enum status
args_read(int argc, char** argv, struct args* args, char* error,
          size_t error_bytes);

void
args_fini(struct args* args);

/// A whole number in decimal, min to max, as options and variables of the
/// environment write it. 0: it is none; *out* is written only on success.
int
args_read_count(const char* text, uint32_t min, uint32_t max, uint32_t* out);

static inline int
args_has(const struct args* args, enum option_id id)
{
  return args->options[id].given;
}

#endif
