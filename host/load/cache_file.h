// SPDX-License-Identifier: ISC
// The file of the cache, on disk and in memory: a header, records in order of
// path, then the bytes that they point to.
#ifndef LOAD_CACHE_FILE_H
#define LOAD_CACHE_FILE_H

#include "load/sha256.h"

#include <stddef.h>
#include <stdint.h>

enum { CACHE_MAX_RECORDS = 4096 };

/// What a host must agree on to use the file.
struct cache_header {
  char magic[8];
  uint32_t layout; // CACHE_LAYOUT
  uint32_t abi;
  char host[16];     // version of rill
  uint32_t native;   // byte order and size of a pointer
  uint32_t n_records;
  uint64_t n_bytes;  // of the whole file
  uint64_t checksum; // of all after the header
};

struct cache_record {
  uint64_t device;
  uint64_t inode;
  uint64_t n_bytes;
  int64_t modified_ns;
  int64_t changed_ns;
  uint64_t path_at; // offset in the file, ends with NUL
  uint64_t report_at;
  uint64_t report_bytes;
  char hash[72]; // "" for a failure
};

/// A file that was read. Zero-initialised is an empty one.
struct cache_file {
  char* data;
  const struct cache_record* records;
  uint32_t n_records;
};

/// Whether the *n_bytes* at *data* are a whole file of this host; takes them
/// over when they are (mem_free).
int
cache_file_adopt(char* data, size_t n_bytes, struct cache_file* out);

/// Fills in the header of a file that is complete but for it.
void
cache_file_seal(char* data, size_t n_bytes, uint32_t n_records);

/// The place of *path*, or null.
const struct cache_record*
cache_file_find(const struct cache_file* file, const char* path);

#endif
