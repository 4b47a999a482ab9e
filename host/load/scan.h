// SPDX-License-Identifier: ISC
// Learning what a plugin is in a child process, which takes the crash, the
// hang and the exit() that were meant for us.
//
// The child is this program again, started with a hidden argument: a fresh
// process has no threads, locks or handlers that a fork would inherit half.
// A program whose main does not call scan_main (a test) is forked instead,
// which is sound as long as it has a single thread.
#ifndef LOAD_SCAN_H
#define LOAD_SCAN_H

#include "base/status.h"
#include "base/text.h"

#include <stdint.h>

struct scan_limits {
  int64_t time_ns;
  uint64_t memory_bytes; // of address space; not under a sanitizer
};

/// Ten seconds, 4 GiB.
extern const struct scan_limits scan_default_limits;

/// Adds the flat form of the report on the plugin *path* to *out* (report.h);
/// a crash is a report too. [control, blocks up to the limit]
enum status
scan_file(const char* path, const struct scan_limits* limits,
          struct text* out);

/// To be called first in main. An exit code when the arguments ask for a scan,
/// else -1, and scans are done by this program from now on.
int
scan_main(int argc, char** argv);

#endif
