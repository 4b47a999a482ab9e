// SPDX-License-Identifier: ISC
// The types of variables. A value stays text: the parameter that it ends in
// decides what it is; the type finds mistakes before that.
#ifndef SPEC_VAR_TYPE_H
#define SPEC_VAR_TYPE_H

#include "spec/diag.h"
#include "spec/spec.h"

/// Complains about a type that does not exist.
int
var_type_check_name(const struct word* type, struct diags* diags);

/// Complains about a value that does not fit the type of *var*, at *place*.
int
var_type_check(const struct spec_var* var, const char* value,
               struct place place, struct diags* diags);

#endif
