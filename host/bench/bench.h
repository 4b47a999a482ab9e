// SPDX-License-Identifier: ISC
// `rill bench NAME`: measurements that anyone can repeat. Each takes turns
// between what it compares, so that a machine that changes its speed changes it
// for all, and reports medians as rows.
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "bench/rows.h"

/// What was asked for.
struct bench_options {
  uint32_t n_turns; // 0: the bench's own number
  int quick;        // small sizes, few turns: to see that it works
};

/// A measurement by name. To add one: a file, and a line in benches.c.
struct bench {
  const char* name;
  const char* summary; // a few words, no full stop

  /// Measures and fills *rows*, with what is said around them. What failed has
  /// been said. [control, takes seconds]
  enum status (*run)(const struct bench_options* options,
                     struct bench_rows* rows);

  /// For people; null: bench_print_rows.
  enum status (*print)(const struct bench_rows* rows, FILE* to);

  /// A picture as SVG; null: there is none.
  enum status (*draw)(const struct bench_rows* rows, FILE* to);
};

extern const struct bench benches[];
extern const uint32_t n_benches;

/// Null: unknown.
const struct bench*
bench_find(const char* name);

/// The one that is spelt most like *name*, or null.
const char*
bench_nearest(const char* name);

#endif
