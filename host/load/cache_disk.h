// SPDX-License-Identifier: ISC
// Where the cache is kept.
#ifndef LOAD_CACHE_DISK_H
#define LOAD_CACHE_DISK_H

#include "load/cache_file.h"

#include <limits.h>

/// The folder, which need not exist; 0 when there is no place for one.
int
cache_disk_folder(char out[PATH_MAX]);

/// Reads the file; an empty one when there is none that is good. Gives 0 only
/// when memory is out.
int
cache_disk_read(struct cache_file* out);

/// Writes the bytes aside and renames them. Failure is only logged.
void
cache_disk_write(const char* data, size_t n_bytes);

#endif
