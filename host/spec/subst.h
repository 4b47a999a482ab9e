// SPDX-License-Identifier: ISC
// The form of $(name), $(name:-default), $(env:NAME), $(file:folder) in a word. What a name
// stands for is asked of the caller.
#ifndef SPEC_SUBST_H
#define SPEC_SUBST_H

#include "spec/store.h"
#include "spec/diag.h"
#include "spec/spec.h"

/// One reference. The caller's *find* sets *value*; or leaves null for "has no
/// value", having complained if there is no default; or sets *failed* when it
/// has complained in any case.
struct subst_ref {
  const char* name;
  int is_env;
  int is_file; // of the file that the text stands in: only "folder"
  int has_default;
  struct place place;
  const char* value;
  int failed;
};

struct subst {
  struct diags* diags;
  struct store* store;
  enum status (*find)(void* arg, struct subst_ref* ref);
  void* arg;
};

/// Replaces all references in *word*; on a complaint the text stays and
/// *is_failed* is 1, else 0. A status other than OK ends the work: no memory,
/// or a result above YAML_MAX_SCALAR.
enum status
subst_word(const struct subst* subst, struct word* word, int* is_failed);

#endif
