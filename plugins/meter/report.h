// SPDX-License-Identifier: ISC
// Figures as a JSON object.
#ifndef METER_REPORT_H
#define METER_REPORT_H

#include "loudness.h"

enum { REPORT_BYTES = 640 };

struct report {
  struct figures figures;
  uint64_t time_us;
  int is_final;
};

/// Writes at most REPORT_BYTES, without a newline; gives how many.
uint32_t
report_print(const struct report* report, char* to);

#endif
