// SPDX-License-Identifier: ISC
// A private copy of a plugin, the only thing that is ever loaded: what happens
// to the original afterwards is harmless, and a changed file is a new one to
// the loader, which goes by name and would give the old code again.
#ifndef LOAD_STAGING_H
#define LOAD_STAGING_H

#include "load/image.h"

#include <sys/types.h>

/// Where the copy lives. A file in the run directory has a name that debuggers
/// and profilers can open. A sealed memory file leaves nothing behind when the
/// process is killed; its descriptor stays open, because a number that is used
/// again would give the loader the name of the old code.
enum staging { STAGING_FILE, STAGING_MEMORY };

/// Zero-initialised is empty.
struct staged {
  char* path; // for dlopen
  int fd;     // memory: the open descriptor, -1: must stay open for ever
  enum staging kind;
  pid_t owner; // a forked child leaves the files of its parent alone
};

/// What is copied.
struct staging_source {
  const char* path; // what the name of the copy should remind of
  int fd;
  size_t n_bytes;   // at most: a file that has become shorter gives fewer
};

/// Copies *from* to a new file that only we may write to, and never do again,
/// and maps it as *image*. Falls back from file to memory. *out* and *image*
/// are written only on success.
enum status
staging_copy(const struct staging_source* from, enum staging wanted,
             struct staged* out, struct image* image, struct reason* reason);

/// Removes the copy. What is mapped stays mapped. Takes an empty one.
void
staging_remove(struct staged* staged);

#endif
