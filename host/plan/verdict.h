// SPDX-License-Identifier: ISC
// Errors and warnings of one check, and the class of its first error.
#ifndef PLAN_VERDICT_H
#define PLAN_VERDICT_H

#include "base/status.h"
#include "spec/diag.h"

struct verdict {
  struct diags* diags;
  enum status status; // OK, or of the first error
};

/// What a finding is about; all but *code* and *place* may be left out.
struct finding {
  const char* code;
  struct place place;
  const char* hint;
  const struct place* other;
  enum status status; // an error's class; OK stands for BAD_GRAPH
};

void
verdict_refuse(struct verdict* verdict, const struct finding* finding,
               const char* format, ...) __attribute__((format(printf, 3, 4)));

void
verdict_warn(struct verdict* verdict, const struct finding* finding,
             const char* format, ...) __attribute__((format(printf, 3, 4)));

/// Memory is out: no other text makes sense.
void
verdict_no_memory(struct verdict* verdict);

/// Whether so many errors are known already that nobody reads the hints of
/// more: searching names costs time, and a graph can have 100,000 wrong ones.
int
verdict_is_long(const struct verdict* verdict);

#endif
