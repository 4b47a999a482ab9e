// SPDX-License-Identifier: ISC
// What the readers of parameter texts share.
#ifndef RILL_HARNESS_PARAM_PRIVATE_H
#define RILL_HARNESS_PARAM_PRIVATE_H

#include <rill/status.h>
#include <rill/value.h>

/// What is read, and where to write why it is refused.
struct complaint {
  const struct rill_param_desc* desc;
  const char* text;
  char* error;
  size_t error_bytes;
};

/// Writes "'text' " and the rest; gives RILL_ERR_BAD_PARAM.
__attribute__((format(printf, 2, 3))) int32_t
param_refuse(const struct complaint* c, const char* format, ...);

/// Whether two words differ in case only, in any locale.
int
param_is_like(const char* a, const char* b);

/// One JSON value with white space around it, at most 64 deep.
int32_t
param_read_json(const struct complaint* c, struct rill_value* out);

/// A float or int.
int32_t
param_read_number(const struct complaint* c, struct rill_value* out);

#endif
