// SPDX-License-Identifier: ISC
// What `rill help TOPIC` says.
#ifndef CLI_TOPICS_H
#define CLI_TOPICS_H

#include <stdint.h>
#include <stdio.h>

struct topic {
  const char* name;
  const char* summary;
  void (*print)(FILE* to);
};

/// In order of name.
extern const struct topic topics[];
extern const uint32_t n_topics;

/// Null: unknown.
const struct topic*
topic_find(const char* name);

#endif
