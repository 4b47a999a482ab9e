// SPDX-License-Identifier: ISC
// The inside of struct vars, for the two files that work on it.
#ifndef SPEC_VARS_WORK_H
#define SPEC_VARS_WORK_H

#include "spec/names.h"
#include "spec/subst.h"
#include "spec/vars.h"

enum { VARS_MAX_CHAIN = 32 };

enum var_state { VAR_NEW, VAR_BUSY, VAR_DONE, VAR_FAILED };

struct var_entry {
  struct spec_var var;
  struct word default_value;
  enum var_state state;
  int is_builtin;
  int is_used;
};

struct vars {
  struct diags* diags;
  struct store* store;
  const char* file;
  struct var_entry* entries;
  uint32_t n_entries;
  struct names names;
  const struct scope* scope; // of the word in work
  const char* chain[VARS_MAX_CHAIN]; // being worked out, outermost first
  unsigned n_chain;
};

/// Null: there is no such variable.
struct var_entry*
vars_find_entry(const struct vars* vars, const char* name);

/// Works out the value of one variable, once. What is wrong with it has been
/// said and leaves VAR_FAILED.
enum status
vars_resolve(struct vars* vars, struct var_entry* entry);

/// As struct subst wants it; *arg* is a struct vars.
enum status
vars_find(void* arg, struct subst_ref* ref);

#endif
