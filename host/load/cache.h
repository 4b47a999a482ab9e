// SPDX-License-Identifier: ISC
// What was learnt of plugin files, kept between runs in one file below
// RILL_CACHE_DIR, else $XDG_CACHE_HOME/rill, else ~/.cache/rill. It only saves
// time: one that is absent, damaged, of another version or not ours is as good
// as an empty one, and one that cannot be written is no error.
//
// A file that has not changed by its inode is not even read; the content hash
// in its report is compared when it is loaded.
#ifndef LOAD_CACHE_H
#define LOAD_CACHE_H

#include "base/status.h"
#include "base/text.h"
#include "load/sha256.h"

#include <stddef.h>
#include <stdint.h>

/// Which file, and that it is as it was.
struct cache_key {
  const char* path;
  uint64_t device;
  uint64_t inode;
  uint64_t n_bytes;
  int64_t modified_ns;
  int64_t changed_ns; // rename, chmod, and what cannot be set back
};

/// The flat form of a report. Valid as long as the cache.
struct cache_value {
  const char* bytes;
  size_t n_bytes;
};

struct cache;

/// Reads the file. Only fails when memory is out.
enum status
cache_open(struct cache** out);

/// Writes the file aside and renames it, if something was put. Takes null.
/// Two processes at once are fine: the last one wins, the other learns again.
void
cache_close(struct cache* cache);

/// Fills in all but the path; 0 when there is no such file.
int
cache_key_of(const char* path, struct cache_key* out);

/// Whether nothing has happened to the file between the two.
int
cache_key_is_same(const struct cache_key* a, const struct cache_key* b);

/// By file: an unchanged one. 1 when found.
int
cache_find(const struct cache* cache, const struct cache_key* key,
           struct cache_value* out);

/// By content hash, wherever it was found. 1 when found.
int
cache_find_content(const struct cache* cache, const char* hash,
                   struct cache_value* out);

/// Keeps a copy of *value* as what is known of key->path; *hash* is "" for a
/// failure.
enum status
cache_put(struct cache* cache, const struct cache_key* key, const char* hash,
          const struct cache_value* value);

#endif
