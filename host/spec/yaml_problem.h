// SPDX-License-Identifier: ISC
// What a YAML parser complains about, in the words of a user.
#ifndef SPEC_YAML_PROBLEM_H
#define SPEC_YAML_PROBLEM_H

#include "spec/diag.h"

struct yaml_problem {
  const char* what;   // in the parser's words; may be null
  const char* within; // what it was reading, or null
  struct place place;
  struct place begin; // of what it was reading
};

void
yaml_problem_report(const struct yaml_problem* problem, struct diags* diags);

#endif
