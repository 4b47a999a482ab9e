// SPDX-License-Identifier: ISC
// Libraries that a plugin brings along. $ORIGIN in its search path means the
// folder of the file, and the copy that is loaded lies elsewhere: so they are
// looked for here, and loaded before it.
#ifndef LOAD_NEIGHBOUR_H
#define LOAD_NEIGHBOUR_H

#include <limits.h>

/// The file of library *needed* in the first folder of *search* (with colons)
/// that begins with $ORIGIN, which stands for the folder of *plugin*, and has
/// it; 0 when none has. [any thread]
int
neighbour_find(const char* plugin, const char* search, const char* needed,
               char out[PATH_MAX]);

#endif
