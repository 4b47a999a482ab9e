// SPDX-License-Identifier: ISC
// Arrays of parameter values that own their texts and lists.
#ifndef PLAN_VALUES_H
#define PLAN_VALUES_H

#include "base/status.h"

#include <rill/value.h>

/// Makes *value*, whose text and list are somebody else's, own copies. On
/// failure it is empty.
enum status
value_own(struct rill_value* value);

/// Frees what it owns and makes it empty.
void
value_fini(struct rill_value* value);

/// A deep copy of *n* values, null when memory is out. The caller frees with
/// values_free.
struct rill_value*
values_copy(const struct rill_value* values, uint32_t n);

/// Takes null.
void
values_free(struct rill_value* values, uint32_t n);

/// Reads the default of *desc* into *out*, which then owns it. *error* says
/// what is wrong with it.
enum status
value_default(const struct rill_param_desc* desc, struct rill_value* out,
              char* error, size_t error_bytes);

#endif
