// SPDX-License-Identifier: ISC
// The bytes of a plugin file, taken once: what is hashed, looked at and loaded
// is the same even when the file changes meanwhile.
#ifndef LOAD_IMAGE_H
#define LOAD_IMAGE_H

#include "load/reason.h"
#include "load/sha256.h"

enum { IMAGE_MAX_BYTES = 64 << 20 };

/// Zero-initialised is empty.
struct image {
  void* data;
  size_t n_bytes;
  char hash[SHA256_HEX]; // of exactly these bytes
  int is_mapped;         // else on the heap
};

/// Opens *path*: a regular file, or a link to one, of 1 byte to 64 MiB. *fd*
/// and *n_bytes* are written only on success; close. [control, may block]
enum status
image_open(const char* path, int* fd, size_t* n_bytes, struct reason* reason);

/// Maps and hashes the first *n_bytes* of a file that nobody else writes to,
/// which may be closed. *out* is written only on success; image_fini.
enum status
image_map(int fd, size_t n_bytes, struct image* out, struct reason* reason);

/// Reads and hashes *path*, for its hash alone. As image_open. [control, may
/// block]
enum status
image_read(const char* path, struct image* out, struct reason* reason);

/// Takes an empty one.
void
image_fini(struct image* image);

#endif
