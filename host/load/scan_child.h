// SPDX-License-Identifier: ISC
// The child's side of a scan. It sends a byte for each step that it begins,
// then SCAN_DONE, the number of bytes of the report (uint32_t), and these; or
// SCAN_NO_MEMORY.
#ifndef LOAD_SCAN_CHILD_H
#define LOAD_SCAN_CHILD_H

#include "load/scan.h"

enum {
  SCAN_DONE = 'D', // steps are enum report_step
  SCAN_NO_MEMORY = 'M',
  SCAN_FD = 3,
  SCAN_LOST = 97, // exit code: the pipe is gone
  SCAN_MAX_BYTES = 64 << 20
};

/// The hidden argument; the path and the bytes of memory follow.
#define SCAN_ARGUMENT "--scan-plugin"

/// In a process of its own: reports *path* on descriptor SCAN_FD. Gives the
/// exit code.
int
scan_child(const char* path, uint64_t memory_bytes);

/// In a child that was forked: nothing of the parent may act here.
void
scan_child_isolate(int fd);

#endif
