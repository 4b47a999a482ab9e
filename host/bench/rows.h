// SPDX-License-Identifier: ISC
// What a bench has found: a row for each thing that was timed.
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include "base/status.h"
#include "bench/machine.h"

#include <stdint.h>
#include <stdio.h>

/// Texts are static. Times in nanoseconds.
struct bench_row {
  const char* subject; // what is done: "convert"
  const char* way;     // how: "native", "direct", "numpy"
  const char* step;    // which part: "full"
  double median_ns;
  double least_ns;
  uint32_t n_turns;
  double published_ns; // what another table says of it; 0: nothing
  const char* note;    // or null
};

struct bench_rows {
  const char* bench; // its name
  struct machine machine;
  struct bench_row* items;
  size_t n;
  size_t capacity;
};

enum status
bench_rows_add(struct bench_rows* rows, const struct bench_row* row);

/// Null: there is no such row.
const struct bench_row*
bench_rows_find(const struct bench_rows* rows, const char* subject,
                const char* way, const char* step);

void
bench_rows_fini(struct bench_rows* rows);

/// The machine, then a table.
enum status
bench_print_rows(const struct bench_rows* rows, FILE* to);

/// One document of schema rill.bench/1.
enum status
bench_print_json(const struct bench_rows* rows, FILE* to);

#endif
