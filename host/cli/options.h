// SPDX-License-Identifier: ISC
// The words of the command line, as data: every verb with its options. Parsing,
// help and usage errors all read these tables.
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/status.h"

#include <stdint.h>

struct args;

enum option_id {
  OPTION_INPUT,
  OPTION_OUTPUT,
  OPTION_SET,
  OPTION_THREADS,
  OPTION_BLOCK,
  OPTION_PROFILE,
  OPTION_TRACE,
  OPTION_PROGRESS,
  OPTION_DRY_RUN,
  OPTION_STRICT,
  OPTION_ALLOW_EXEC,
  OPTION_ALLOW_PATH,
  OPTION_TIMEOUT,
  OPTION_REALTIME,
  OPTION_WATCH,
  OPTION_CONTROL,
  OPTION_FORMAT,
  OPTION_COST,
  OPTION_YAML,
  OPTION_TURNS,
  OPTION_QUICK,
  OPTION_SVG,
  OPTION_JSON,
  OPTION_QUIET,
  OPTION_VERBOSE,
  OPTION_HELP,
  OPTION_VERSION,
  N_OPTIONS
};

/// What follows an option.
enum option_type {
  OPTION_FLAG,    // nothing
  OPTION_TEXT,    // any text
  OPTION_COUNT,   // a whole number, min to max
  OPTION_SECONDS, // a time above zero: 1.5, 500ms, 2min
  OPTION_CHOICE,  // one of `choices`
  OPTION_SETTING, // NAME=VALUE; may be given again
  OPTION_VARIABLE, // a value for the variable named `name`
  OPTION_LATER    // known, but not in this version
};

struct option {
  char letter;      // 'i' of -i; 0: none
  const char* name; // "input" of --input
  const char* arg;  // what follows, in help: "FILE"; null: nothing
  enum option_type type;
  int optional; // the value may be left out; then it comes only after '='
  uint32_t min; // OPTION_COUNT
  uint32_t max;
  const char* choices; // OPTION_CHOICE: "table json"; the first when left out
  const char* doc;     // a sentence without a full stop
  const char* def;     // what holds without the option, in help; null: nothing
};

/// By enum option_id.
extern const struct option options[N_OPTIONS];

struct example {
  const char* line; // what to type
  const char* does;
};

enum { VERB_EXAMPLES = 3 };

struct verb {
  const char* name;
  const char* operands; // in usage: "GRAPH..."
  uint32_t min_operands;
  uint32_t max_operands;
  const char* summary; // a few words, no full stop
  const char* doc;     // paragraphs, with a newline between them
  uint32_t options;    // a bit for each enum option_id
  struct example examples[VERB_EXAMPLES];

  /// The status says the exit code; what went wrong has been said.
  enum status (*run)(const struct args* args);
};

/// In the order of `rill help`.
extern const struct verb verbs[];
extern const uint32_t n_verbs;

/// Null: unknown.
const struct verb*
verb_find(const char* name);

/// Whether *name* is a verb that a later version will have.
int
verb_is_later(const char* name);

static inline int
verb_has(const struct verb* verb, enum option_id id)
{
  return (int)(verb->options >> id & 1u);
}

/// The verb that is spelt most like *name*, or null.
const char*
verb_nearest(const char* name);

/// The long name of an option of *verb* spelt most like *name*, or null.
const char*
option_nearest(const struct verb* verb, const char* name);

#endif
