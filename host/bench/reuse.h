// SPDX-License-Identifier: ISC
// Many short clips: through one graph with a reset between them, against a new
// graph for each.
#ifndef BENCH_REUSE_H
#define BENCH_REUSE_H

#include "bench/bench.h"

enum status
reuse_run(const struct bench_options* options, struct bench_rows* rows);

enum status
reuse_print(const struct bench_rows* rows, FILE* to);

#endif
