// SPDX-License-Identifier: ISC
// Reads a file that a user named, and nothing that only looks like one.
#ifndef SPEC_FILE_H
#define SPEC_FILE_H

#include "base/status.h"

#include <stddef.h>

enum { FILE_MAX_BYTES = 1024 * 1024 };

/// All of the open descriptor *fd*, which stays open: at most FILE_MAX_BYTES.
/// *out* ends with NUL and is the caller's (mem_free). On failure *reason* says
/// why, for a person; STATUS_LIMIT: too large.
enum status
file_read(int fd, char** out, size_t* n_bytes, const char** reason);

/// Opens a regular file. A negative number on failure, with *reason* set and
/// *hint* set or null. Never waits for the other end of a FIFO.
int
file_open(const char* path, const char** reason, const char** hint);

/// Whether *fd* is a regular file. If not, *reason* says what it is.
int
file_is_regular(int fd, const char** reason);

#endif
