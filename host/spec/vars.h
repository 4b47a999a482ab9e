// SPDX-License-Identifier: ISC
// Variables and what they are put into:
//   $(name)          a parameter of the template, else a variable
//   $(name:-text)    text, when there is none or it is empty
//   $(env:NAME)      of the environment
//   $$(              a plain $(
// ${...} means the same. What was put in is not looked at again.
#ifndef SPEC_VARS_H
#define SPEC_VARS_H

#include "spec/store.h"
#include "spec/document.h"
#include "spec/spec.h"

struct vars;

/// A name that means *value* within a template.
struct binding {
  const char* name;
  const char* value;
};

struct scope {
  const struct binding* bindings;
  uint32_t n_bindings;
};

/// Takes over the values in *settings*. `input` and `output` are there even
/// when the graph does not declare them. All arguments must outlive it.
enum status
vars_new(const struct document* document, const char* file,
         const struct spec_setting* settings, uint32_t n_settings,
         struct diags* diags, struct store* store, struct vars** out);

/// Replaces what stands in *word*, whose text may be null. *scope* may be null.
/// What cannot be replaced has been complained about and stays: STATUS_OK.
/// Another status ends the work.
enum status
vars_expand(struct vars* vars, const struct scope* scope, struct word* word);

/// Works out all that nothing has asked for yet, complains about settings that
/// nothing reads, and gives the variables, in the store.
enum status
vars_finish(struct vars* vars, struct spec_var** out, uint32_t* n_out);

/// Takes null.
void
vars_free(struct vars* vars);

#endif
