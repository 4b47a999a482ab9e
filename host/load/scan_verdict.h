// SPDX-License-Identifier: ISC
// What became of a scan, in words.
#ifndef LOAD_SCAN_VERDICT_H
#define LOAD_SCAN_VERDICT_H

#include "load/scan.h"

struct scan_result {
  const struct scan_limits* limits;
  struct text got; // what the child sent
  int timed_out;
  int wait_status; // see waitpid
};

/// Whether the report has come in full.
int
scan_verdict_is_complete(const struct text* got);

/// Adds the child's report to *out*, or one that says how it ended.
enum status
scan_verdict(const struct scan_result* result, struct text* out);

/// No child could be made.
enum status
scan_verdict_not_started(int error_number, struct text* out);

#endif
