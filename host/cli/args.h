// SPDX-License-Identifier: ISC
// The command line, once read: a verb, the values of its options, operands.
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "cli/options.h"
#include "spec/spec.h"

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

static inline int
args_has(const struct args* args, enum option_id id)
{
  return args->options[id].given;
}

#endif
