// SPDX-License-Identifier: ISC
#include "folder.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct rill_lib {
  char launcher[PATH_MAX];
  char legacy[PATH_MAX];
};

// Beside the plugin where it is installed, one up where it was built.
static void
find_launcher(struct rill_lib* lib, const char* folder)
{
  static const char* const places[] = { "%s/json_child", "%s/../json_child" };
  for (size_t i = 0; i < RILL_COUNT(places); ++i) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    const int n =
      snprintf(lib->launcher, sizeof lib->launcher, places[i], folder);
#pragma GCC diagnostic pop
    if (n > 0 && n < PATH_MAX && !access(lib->launcher, X_OK)) {
      return;
    }
  }
  lib->launcher[0] = '\0';
}

// Below the plugins where they are installed, beside them where they were built.
static void
find_legacy(struct rill_lib* lib, const char* folder)
{
  static const char built[] = "../../legacy/objects/.libs";
  snprintf(lib->legacy, sizeof lib->legacy, "%s/%s", folder, built);
  if (access(lib->legacy, X_OK)) {
    snprintf(lib->legacy, sizeof lib->legacy, "%s/legacy", folder);
  }
}

int32_t
folder_open(const struct rill_host* host, const char* origin_path,
            struct rill_lib** out)
{
  char folder[PATH_MAX - 16] = "";
  struct rill_lib* const lib = (struct rill_lib*)calloc(1, sizeof *lib);
  if (!lib) {
    return RILL_ERR_NO_MEMORY;
  }
  const char* const slash = origin_path ? strrchr(origin_path, '/') : NULL;
  if (slash && (size_t)(slash - origin_path) < sizeof folder) {
    memcpy(folder, origin_path, (size_t)(slash - origin_path));
    find_launcher(lib, folder);
    find_legacy(lib, folder);
  }
  if (!lib->launcher[0]) {
    host->log(host, RILL_LOG_DEBUG, "json_child is not beside the plugin: a "
              "child may outlive a host that is killed");
  }
  *out = lib;
  return RILL_OK;
}

void
folder_close(struct rill_lib* lib)
{
  free(lib);
}

const char*
folder_launcher(const struct rill_lib* lib)
{
  return lib && lib->launcher[0] ? lib->launcher : NULL;
}

const char*
folder_legacy(const struct rill_lib* lib)
{
  return lib ? lib->legacy : "";
}
