// SPDX-License-Identifier: ISC
// Paths with a place for a number: "segment-%03d.wav". Read by own code: what
// a graph file says never becomes a format string.
#ifndef FILE_NUMBERED_H
#define FILE_NUMBERED_H

#include <stdint.h>

/// How many places for a number *path* has: %d, %3d, %03d. Any other % stands
/// for itself.
int
numbered_count(const char* path);

/// *path* with *number* in its place; free it. Null without memory.
char*
numbered_path(const char* path, uint64_t number);

#endif
