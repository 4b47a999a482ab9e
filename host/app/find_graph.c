// SPDX-License-Identifier: ISC
#include "app/find_graph.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// *path* becomes the file's when one of its spellings exists.
static int
try_folder(const char* folder, size_t n_folder, const char* name,
           struct text* path)
{
  static const char* const endings[] = { "", ".yaml" };
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; ++i) {
    text_fini(path);
    text_add_bytes(path, folder, n_folder);
    text_add(path, "%s%s%s", n_folder ? "/" : "", name, endings[i]);
    if (!path->failed && !access(text_get(path), F_OK)) {
      return 1;
    }
  }
  return 0;
}

static int
search(const char* folders, const char* name, struct text* path)
{
  while (folders && *folders) {
    const size_t n = strcspn(folders, ":");
    if (n && try_folder(folders, n, name, path)) {
      return 1;
    }
    folders += n + (folders[n] == ':');
  }
  return 0;
}

enum status
find_graph(const char* name, char** out)
{
  struct text path = { 0 };
  const int is_path = !strcmp(name, "-") || strchr(name, '/');
  if (is_path || !access(name, F_OK) ||
      !search(getenv("RILL_GRAPH_PATH"), name, &path)) {
    text_fini(&path);
    text_add(&path, "%s", name);
  }
  *out = text_take(&path);
  return *out ? STATUS_OK : STATUS_NO_MEMORY;
}
