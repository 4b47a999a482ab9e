// SPDX-License-Identifier: ISC
#include "spec/var_type.h"

#include "harness/param_text.h"
#include "spec/codes.h"

#include <string.h>

enum { ANY_UNIT = -1 };

// Read as a parameter of that kind would be. A plain number may have any unit:
// which one makes sense is known where it is used.
static const struct {
  const char* name;
  uint32_t type;
  int unit;
  double min;
  double max;
} types[] = {
  { "string", RILL_TYPE_STRING, ANY_UNIT, 0, 0 },
  { "path", RILL_TYPE_STRING, ANY_UNIT, 0, 0 },
  { "int", RILL_TYPE_INT, ANY_UNIT, 0, 0 },
  { "float", RILL_TYPE_FLOAT, ANY_UNIT, 0, 0 },
  { "rate", RILL_TYPE_FLOAT, RILL_UNIT_HZ, 1, 768000 },
  { "duration", RILL_TYPE_FLOAT, RILL_UNIT_S, 0, 0 },
  { "bool", RILL_TYPE_BOOL, RILL_UNIT_NONE, 0, 0 },
};

static const uint32_t any_unit[] = { RILL_UNIT_NONE, RILL_UNIT_HZ,
                                     RILL_UNIT_S,    RILL_UNIT_DB,
                                     RILL_UNIT_BYTES, RILL_UNIT_RATIO };
enum {
  N_TYPES = sizeof types / sizeof types[0],
  N_ANY_UNIT = sizeof any_unit / sizeof any_unit[0]
};

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

// Says why not in *why*.
static int
fits(int type, uint32_t unit, const char* value, char* why, size_t n_bytes)
{
  const struct rill_param_desc desc = {
    .size = sizeof desc,
    .type = types[type].type,
    .unit = unit,
    .symbol = "",
    .doc = "",
    .min = types[type].min,
    .max = types[type].max,
    .def = "",
  };
  struct rill_value read;
  return rill_param_read(&desc, value, &read, why, n_bytes) >= 0;
}

int
var_type_check(const struct spec_var* var, const char* value,
               struct place place, struct diags* diags)
{
  const int i = find_type(var->type);
  if (i == N_TYPES || types[i].type == RILL_TYPE_STRING) {
    return 1; // complained about, or anything will do
  }
  char why[512];
  if (types[i].unit != ANY_UNIT) {
    if (fits(i, (uint32_t)types[i].unit, value, why, sizeof why)) {
      return 1;
    }
  } else {
    // Backwards, so that it is the plain number that says why not.
    for (int u = N_ANY_UNIT - 1; u >= 0; --u) {
      if (fits(i, any_unit[u], value, why, sizeof why)) {
        return 1;
      }
    }
  }
  diags_add(diags, SEVERITY_ERROR, code_bad_variable, place, NULL, NULL,
            "variable '%.64s' (%s): %s", var->name.text, var->type, why);
  return 0;
}
