// SPDX-License-Identifier: ISC
// The ways in which a node can misbehave in process.
#ifndef TESTS_FAULTS_ZOO_WAYS_H
#define TESTS_FAULTS_ZOO_WAYS_H

#include <rill/rill.h>

struct way {
  const char* name;
  int32_t (*run)(const struct rill_process* block);
};

enum { N_WAYS = 18 };

extern const struct way ways[N_WAYS];

#endif
