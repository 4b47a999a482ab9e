// SPDX-License-Identifier: ISC
#include "spec/var_type.h"

#include "harness/param_text.h"
#include "spec/codes.h"

#include <string.h>

// Read as a parameter of that kind would be.
static const struct {
  const char* name;
  uint32_t type;
  uint32_t unit;
  double min;
  double max;
} types[] = {
  { "string", RILL_TYPE_STRING, RILL_UNIT_NONE, 0, 0 },
  { "path", RILL_TYPE_STRING, RILL_UNIT_PATH, 0, 0 },
  { "int", RILL_TYPE_INT, RILL_UNIT_NONE, 0, 0 },
  { "float", RILL_TYPE_FLOAT, RILL_UNIT_NONE, 0, 0 },
  { "rate", RILL_TYPE_FLOAT, RILL_UNIT_HZ, 1, 768000 },
  { "duration", RILL_TYPE_FLOAT, RILL_UNIT_S, 0, 0 },
  { "bool", RILL_TYPE_BOOL, RILL_UNIT_NONE, 0, 0 },
};
enum { N_TYPES = sizeof types / sizeof types[0] };

static int
find_type(const char* name)
{
  int i = 0;
  while (i < N_TYPES && strcmp(types[i].name, name) != 0) {
    ++i;
  }
  return i;
}

int
var_type_check_name(const struct word* type, struct diags* diags)
{
  if (find_type(type->text) < N_TYPES) {
    return 1;
  }
  const char* names[N_TYPES];
  for (int i = 0; i < N_TYPES; ++i) {
    names[i] = types[i].name;
  }
  char hint[128];
  const char* const nearest =
    diags_suggest(diags, type->text, names, N_TYPES, hint, sizeof hint);
  diags_add(diags, SEVERITY_ERROR, code_bad_value, type->place,
            nearest ? nearest
                    : "one of string, path, int, float, rate, duration, bool",
            NULL, "unknown type '%.80s' of a variable", type->text);
  return 0;
}

int
var_type_check(const struct spec_var* var, const char* value,
               struct place place, struct diags* diags)
{
  const int i = find_type(var->type);
  if (i == N_TYPES || types[i].type == RILL_TYPE_STRING) {
    return 1; // complained about, or anything will do
  }
  const struct rill_param_desc desc = {
    .size = sizeof desc,
    .type = types[i].type,
    .unit = types[i].unit,
    .symbol = var->name.text,
    .doc = "",
    .min = types[i].min,
    .max = types[i].max,
    .def = "",
  };
  struct rill_value read;
  char why[512];
  if (rill_param_read(&desc, value, &read, why, sizeof why) >= 0) {
    return 1;
  }
  diags_add(diags, SEVERITY_ERROR, code_bad_variable, place, NULL, NULL,
            "variable '%.64s' (%s): %s", var->name.text, var->type, why);
  return 0;
}
