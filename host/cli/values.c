// SPDX-License-Identifier: ISC
#include "cli/values.h"

#include "base/mem.h"

#include <harness/param_text.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status
problem_say(struct problem* problem, const char* format, ...)
{
  va_list list;
  va_start(list, format);
  vsnprintf(problem->text, problem->n_bytes, format, list);
  va_end(list);
  return STATUS_USAGE;
}

enum status
problem_no_memory(struct problem* problem)
{
  problem_say(problem, "out of memory");
  return STATUS_NO_MEMORY;
}

// A setting replaces an earlier one of the same name.
static enum status
add_setting(struct args* args, const char* name, size_t n_name,
            const char* value, struct problem* problem)
{
  for (uint32_t i = 0; i < args->n_settings; ++i) {
    const char* const known = args->settings[i].name;
    if (strlen(known) == n_name && !memcmp(known, name, n_name)) {
      args->settings[i].value = value;
      return STATUS_OK;
    }
  }
  struct spec_setting* const grown = mem_resize(
    args->settings, args->n_settings + 1u, sizeof args->settings[0]);
  if (!grown) {
    return problem_no_memory(problem);
  }
  args->settings = grown;
  char* const copy = mem_strndup(name, n_name);
  if (!copy) {
    return problem_no_memory(problem);
  }
  grown[args->n_settings++] = (struct spec_setting){ copy, value };
  return STATUS_OK;
}

static enum status
take_setting(struct args* args, const char* text, struct problem* problem)
{
  const char* const equals = strchr(text, '=');
  if (!equals || equals == text) {
    return problem_say(problem, "--set takes NAME=VALUE, not '%s'", text);
  }
  return add_setting(args, text, (size_t)(equals - text), equals + 1, problem);
}

int
value_count(const char* text, uint32_t min, uint32_t max, uint32_t* out)
{
  uint64_t n = 0;
  const char* c = text;
  for (; *c >= '0' && *c <= '9' && n <= max; ++c) {
    n = n * 10 + (uint64_t)(*c - '0');
  }
  if (c == text || *c || n < min || n > max) {
    return 0;
  }
  *out = (uint32_t)n;
  return 1;
}

static int
is_choice(const char* choices, const char* text)
{
  const size_t n = strlen(text);
  for (const char* c = choices; n && c; c = strchr(c, ' ')) {
    c += *c == ' ';
    if (!strncmp(c, text, n) && (c[n] == ' ' || !c[n])) {
      return 1;
    }
  }
  return 0;
}

static enum status
take_choice(const struct option* option, const char* spelling, const char* text,
            struct problem* problem)
{
  if (is_choice(option->choices, text)) {
    return STATUS_OK;
  }
  char list[128] = "";
  size_t n = 0;
  for (const char* c = option->choices; *c && n + 8 < sizeof list; ++c) {
    n += (size_t)(*c == ' ' ? snprintf(list + n, 3, ", ")
                            : snprintf(list + n, 2, "%c", *c));
  }
  return problem_say(problem, "%s takes one of %s, not '%s'", spelling, list,
                     text);
}

static enum status
take_seconds(const char* spelling, const char* text, double* out,
             struct problem* problem)
{
  static const struct rill_param_desc time = { .size = sizeof time,
                                               .type = RILL_TYPE_FLOAT,
                                               .unit = RILL_UNIT_S };
  struct rill_value value;
  if (rill_param_read(&time, text, &value, NULL, 0) || value.f <= 0) {
    return problem_say(problem, "%s takes a time such as 90s or 5min, not '%s'",
                       spelling, text);
  }
  *out = value.f;
  return STATUS_OK;
}

enum status
value_take(struct args* args, enum option_id id, const char* spelling,
           const char* text, struct problem* problem)
{
  const struct option* const option = &options[id];
  struct arg* const arg = &args->options[id];
  arg->text = text;
  switch (option->type) {
    case OPTION_COUNT:
      return value_count(text, option->min, option->max, &arg->count)
             ? STATUS_OK
             : problem_say(problem,
                           "%s takes a whole number from %u to %u, not '%s'",
                           spelling, option->min, option->max, text);
    case OPTION_SECONDS:
      return take_seconds(spelling, text, &arg->seconds, problem);
    case OPTION_CHOICE: return take_choice(option, spelling, text, problem);
    case OPTION_SETTING: return take_setting(args, text, problem);
    case OPTION_VARIABLE:
      return add_setting(args, option->name, strlen(option->name), text,
                         problem);
    default: return STATUS_OK;
  }
}
