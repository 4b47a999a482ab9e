// SPDX-License-Identifier: ISC
// The folder of this process for private copies of plugins. It is locked as
// long as the process lives, so what a killed process left can be told from
// what is in use, and the next start removes it.
#ifndef LOAD_RUN_DIR_H
#define LOAD_RUN_DIR_H

#include <limits.h>

struct run_dir {
  int fd; // to make and remove files in it
  char path[PATH_MAX];
};

/// The folder, made by the first caller below RILL_RUNTIME_DIR, or when that is
/// not set, the first that does of $XDG_RUNTIME_DIR/rill, /dev/shm/rill-UID and
/// /tmp/rill-UID; null when none can hold code that runs: not ours, open to
/// others, not writable or mounted noexec.
/// Each call that gives a folder is paired with run_dir_leave. [any thread]
const struct run_dir*
run_dir_enter(void);

/// Where the folder is or would be made; 0 when nowhere. For who reports it;
/// makes the places that it tries. [any thread]
int
run_dir_base(char out[PATH_MAX]);

/// The last one out removes the folder; its files must be gone.
void
run_dir_leave(void);

#endif
