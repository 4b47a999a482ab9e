// SPDX-License-Identifier: ISC
#include "spec/yaml_problem.h"

#include "spec/codes.h"
#include "spec/utf8.h"

#include <string.h>

enum where { AT_PROBLEM, AT_BEGIN };

// The first row fits whose two texts occur in what the parser says.
static const struct {
  const char* what;
  const char* within;
  enum where where;
  const char* text;
  const char* hint;
} rows[] = {
  { "unexpected end of stream", "quoted scalar", AT_BEGIN,
    "this quote is never closed", NULL },
  { "unexpected document indicator", "quoted scalar", AT_BEGIN,
    "this quote is never closed", NULL },
  { "unknown escape", "", AT_PROBLEM, "unknown escape in double quotes",
    "write \\\\ for a backslash, or use single quotes" },
  { "cannot start any token", "", AT_PROBLEM, "a value cannot start like this",
    "put it in quotes" },
  { "tab character", "", AT_PROBLEM, "a tab cannot indent", "use spaces" },
  { "mapping values are not allowed", "", AT_PROBLEM,
    "a ':' where no key can be",
    "check the indentation; a value with ': ' in it needs quotes" },
  { "could not find expected ':'", "", AT_BEGIN, "a key without ':'",
    "write 'key: value', with a space behind the colon" },
  { "block sequence entries are not allowed", "", AT_PROBLEM,
    "a '-' where no list can be", "start the list on a line of its own" },
  { "expected ',' or ']'", "", AT_PROBLEM, "a ',' or ']' is missing here",
    NULL },
  { "expected ',' or '}'", "", AT_PROBLEM, "a ',' or '}' is missing here",
    NULL },
  { "did not find expected key", "", AT_PROBLEM, "a key is expected here",
    "check the indentation of this line" },
  { "did not find expected <document start>", "", AT_PROBLEM,
    "nothing is expected here any more",
    "check the indentation of this line, or a bracket closed too early" },
  { "did not find expected '-' indicator", "", AT_PROBLEM,
    "a '-' is expected here", "check the indentation of this line" },
};

static int
contains(const char* text, const char* part)
{
  return !*part || (text && strstr(text, part));
}

// Of the character at *place*; 0: there is none.
static char
byte_at(const struct diags* diags, const struct place* place)
{
  size_t n;
  size_t length = 0;
  const char* line = diags_line(diags, place->file, place->line, &n);
  for (uint32_t i = 1; line && n && i < place->column; ++i) {
    utf8_read(line, n, &length);
    line += length;
    n -= length;
  }
  return line && n ? *line : '\0';
}

// `${x}` ends a word inside { }, and YAML then misses a comma.
static int
is_after_dollar(const struct diags* diags, struct place* place)
{
  struct place before = *place;
  before.column -= before.column > 1;
  if (byte_at(diags, place) != '{' || byte_at(diags, &before) != '$') {
    return 0;
  }
  before.length = 2;
  *place = before;
  return 1;
}

void
yaml_problem_report(const struct yaml_problem* problem, struct diags* diags)
{
  struct place place = problem->place;
  if (is_after_dollar(diags, &place)) {
    diags_add(diags, SEVERITY_ERROR, code_syntax, place,
              "write $(name) instead of ${name}", NULL,
              "'${' cannot stand inside { } or [ ] without quotes");
    return;
  }
  if (byte_at(diags, &place) == '\t') {
    diags_add(diags, SEVERITY_ERROR, code_syntax, place, "use spaces", NULL,
              "a tab cannot indent");
    return;
  }
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    if (contains(problem->what, rows[i].what) &&
        contains(problem->within, rows[i].within)) {
      diags_add(diags, SEVERITY_ERROR, code_syntax,
                rows[i].where == AT_BEGIN ? problem->begin : place,
                rows[i].hint, NULL, "%s", rows[i].text);
      return;
    }
  }
  diags_add(diags, SEVERITY_ERROR, code_syntax, place, NULL, NULL,
            "not valid YAML: %s",
            problem->what ? problem->what : "it cannot be read");
}
