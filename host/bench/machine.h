// SPDX-License-Identifier: ISC
// Where and when something was measured: a figure without it says nothing.
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include "base/json.h"

#include <stdint.h>
#include <stdio.h>

struct machine {
  char cpu[96];      // "AMD EPYC 7763 64-Core Processor"
  char vectors[16];  // the widest that it has: "AVX-512", "AVX2", "SSE2", "none"
  uint32_t n_cores;  // that this process may use
  char kernel[96];   // "Linux 6.1.0-18-amd64"
  char compiler[96]; // of the host
  double load;       // mean of the last minute, when it began; below 0: unknown
  char date[16];     // "2026-01-31", UTC
};

/// What cannot be learnt is "unknown".
void
machine_learn(struct machine* out);

/// Two lines for people.
void
machine_print(const struct machine* machine, FILE* to);

/// The member "machine".
void
machine_put(const struct machine* machine, struct json* json);

#endif
