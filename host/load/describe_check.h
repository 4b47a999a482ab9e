// SPDX-License-Identifier: ISC
// The parts of describe_check.
#ifndef LOAD_DESCRIBE_CHECK_H
#define LOAD_DESCRIBE_CHECK_H

#include "load/describe.h"

enum { DESCRIBE_NAME_BYTES = 64 };

struct describe_check {
  const struct rill_node_desc* desc;
  struct reason* reason;
};

/// Says what is wrong with the type; STATUS_BAD_PLUGIN.
enum status
describe_refuse(const struct describe_check* c, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

/// Whether *s* is [a-z][a-z0-9_]*, letters in *more* too, and not too long.
int
describe_is_word(const char* s, const char* more);

/// One port, and among those before it.
enum status
describe_check_port(const struct describe_check* c, uint32_t index);

#endif
