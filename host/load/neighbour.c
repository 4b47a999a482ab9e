// SPDX-License-Identifier: ISC
#include "load/neighbour.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/// The way from the plugin's folder that a part of the search path means, or
/// null when it does not begin there.
static const char*
after_origin(const char* part, size_t* n_bytes)
{
  static const char* const names[] = { "$ORIGIN", "${ORIGIN}" };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    const size_t n = strlen(names[i]);
    if (*n_bytes >= n && !strncmp(part, names[i], n) &&
        (*n_bytes == n || part[n] == '/')) {
      *n_bytes -= n;
      return part + n;
    }
  }
  return NULL;
}

int
neighbour_find(const char* plugin, const char* search, const char* needed,
               char out[PATH_MAX])
{
  const char* const slash = strrchr(plugin, '/');
  const int n_folder = slash ? (int)(slash - plugin) : 1;
  const char* const folder = slash ? plugin : ".";
  for (const char* part = search; *part; part += *part == ':') {
    size_t n = strcspn(part, ":");
    const char* const end = part + n;
    const char* const way = after_origin(part, &n);
    part = end;
    if (!way) {
      continue;
    }
    const int n_out = snprintf(out, PATH_MAX, "%.*s%.*s/%s", n_folder, folder,
                               (int)n, way, needed);
    if (n_out > 0 && n_out < PATH_MAX && !access(out, R_OK)) {
      return 1;
    }
  }
  return 0;
}
