// SPDX-License-Identifier: ISC
#include "cli/args_read.h"

#include "base/mem.h"
#include "cli/values.h"

#include <stdio.h>
#include <string.h>

// Where the reading stands.
struct reader {
  char** argv;
  int argc;
  int next;
  struct args* args;
  const char** operands;
  struct problem* problem;
};

// The option as the user wrote it: "--block", "-i".
struct spelling {
  char text[64];
};

// *value* is what stood behind '=' or the letter, or null.
static enum status
take_option(struct reader* r, enum option_id id, const char* spelling,
            const char* value)
{
  const struct option* const option = &options[id];
  if (option->type == OPTION_LATER) {
    return problem_say(r->problem, "%s is not in this version", spelling);
  }
  r->args->options[id].given = 1;
  if (option->type == OPTION_FLAG) {
    return !value ? STATUS_OK
                  : problem_say(r->problem, "%s takes no value, but got '%s'",
                                spelling, value);
  }
  if (!value && option->optional) {
    return STATUS_OK;
  }
  if (!value && r->next == r->argc) {
    return problem_say(r->problem, "%s needs a value: %s %s", spelling,
                       spelling, option->arg);
  }
  return value_take(r->args, id, spelling, value ? value : r->argv[r->next++],
                    r->problem);
}

static int
is_global(enum option_id id)
{
  return id == OPTION_QUIET || id == OPTION_VERBOSE || id == OPTION_HELP ||
         id == OPTION_VERSION;
}

// Two options may share a name when no verb has both.
static int
is_known(const struct verb* verb, enum option_id id)
{
  return verb ? verb_has(verb, id) : is_global(id);
}

static enum status
refuse_option(struct reader* r, const char* spelling, const char* name)
{
  const struct verb* const verb = r->args->verb;
  const char* const near = verb ? option_nearest(verb, name) : NULL;
  if (near) {
    return problem_say(r->problem, "unknown option '%s' (did you mean '--%s'?)",
                       spelling, near);
  }
  return problem_say(r->problem, "unknown option '%s'%s", spelling,
                     verb ? "" : "; options of a verb stand behind it");
}

static enum status
read_long(struct reader* r, const char* word)
{
  const size_t n = strcspn(word, "=");
  struct spelling s;
  snprintf(s.text, sizeof s.text, "%.*s", (int)n, word);
  for (uint32_t i = 0; i < N_OPTIONS; ++i) {
    if (is_known(r->args->verb, i) && !strcmp(options[i].name, s.text + 2)) {
      return take_option(r, i, s.text, word[n] ? word + n + 1 : NULL);
    }
  }
  return refuse_option(r, s.text, s.text + 2);
}

static int
find_letter(const struct verb* verb, char letter)
{
  for (int i = 0; i < N_OPTIONS; ++i) {
    if (is_known(verb, (enum option_id)i) && options[i].letter == letter) {
      return i;
    }
  }
  return -1;
}

// -qv, -i FILE, -iFILE
static enum status
read_letters(struct reader* r, const char* word)
{
  enum status st = STATUS_OK;
  for (const char* c = word + 1; *c && !st; ++c) {
    const int id = find_letter(r->args->verb, *c);
    const char spelling[] = { '-', *c, '\0' };
    if (id < 0) {
      return refuse_option(r, spelling, word + 1);
    }
    if (options[id].type != OPTION_FLAG) {
      return take_option(r, (enum option_id)id, spelling, c[1] ? c + 1 : NULL);
    }
    st = take_option(r, (enum option_id)id, spelling, NULL);
  }
  return st;
}

static enum status
take_verb(struct reader* r, const char* word)
{
  r->args->verb = verb_find(word);
  if (r->args->verb) {
    return STATUS_OK;
  }
  const char* const near = verb_nearest(word);
  if (verb_is_later(word)) {
    return problem_say(r->problem, "'%s' is not in this version", word);
  }
  if (near) {
    return problem_say(r->problem, "unknown verb '%s' (did you mean '%s'?)",
                       word, near);
  }
  if (strchr(word, '.') || strchr(word, '/')) {
    return problem_say(
      r->problem, "'%s' is no verb (did you mean 'rill run %s'?)", word, word);
  }
  return problem_say(r->problem, "unknown verb '%s'", word);
}

static enum status
read_word(struct reader* r, const char* word, int only_operands)
{
  if (!only_operands && word[0] == '-' && word[1] == '-') {
    return read_long(r, word);
  }
  if (!only_operands && word[0] == '-' && word[1]) {
    return read_letters(r, word);
  }
  if (!r->args->verb) {
    return take_verb(r, word);
  }
  r->operands[r->args->n_operands++] = word;
  return STATUS_OK;
}

static enum status
check_operands(struct reader* r)
{
  const struct args* const args = r->args;
  const struct verb* const verb = args->verb;
  if (!verb || args_has(args, OPTION_HELP)) {
    return STATUS_OK;
  }
  if (args->n_operands < verb->min_operands) {
    return problem_say(r->problem, "%s is missing", verb->operands);
  }
  if (args->n_operands > verb->max_operands) {
    return problem_say(r->problem, "one operand too many: '%s'",
                       args->operands[verb->max_operands]);
  }
  return STATUS_OK;
}

enum status
args_read(int argc, char** argv, struct args* args, char* error,
          size_t error_bytes)
{
  enum status st = STATUS_OK;
  int only_operands = 0;
  *args = (struct args){ 0 };
  struct problem problem = { error, error_bytes };
  struct reader r = { argv, argc, 1, args, NULL, &problem };
  r.operands = mem_new_array(const char*, (size_t)argc + 1);
  args->operands = r.operands;
  if (!r.operands) {
    return problem_no_memory(r.problem);
  }
  while (!st && r.next < argc) {
    const char* const word = argv[r.next++];
    if (!only_operands && !strcmp(word, "--")) {
      only_operands = 1;
    } else {
      st = read_word(&r, word, only_operands);
    }
  }
  return st ? st : check_operands(&r);
}

void
args_fini(struct args* args)
{
  for (uint32_t i = 0; i < args->n_settings; ++i) {
    mem_free((void*)(uintptr_t)args->settings[i].name);
  }
  mem_free(args->settings);
  mem_free((void*)(uintptr_t)args->operands);
  *args = (struct args){ 0 };
}
