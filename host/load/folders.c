// SPDX-License-Identifier: ISC
#include "load/folders.h"

#include "base/log.h"
#include "load/folder.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct program {
  char folder[PATH_MAX];
  char above[PATH_MAX];
};

static int
is_known(const struct path_list* list, const struct stat* st)
{
  for (size_t i = 0; i < list->n; ++i) {
    struct stat other;
    if (!stat(list->items[i], &other) && other.st_dev == st->st_dev &&
        other.st_ino == st->st_ino) {
      return 1;
    }
  }
  return 0;
}

static enum status
add_folder(struct path_list* out, const char* path)
{
  struct stat st;
  if (stat(path, &st) || !S_ISDIR(st.st_mode) || is_known(out, &st)) {
    return STATUS_OK;
  }
  // Who can put a file there can run code as us.
  if (st.st_mode & S_IWOTH) {
    log_warning("%s: not searched for plugins: anybody may write to it (chmod "
                "o-w)", path);
    return STATUS_OK;
  }
  return path_list_add(out, "%s", path);
}

static enum status
add_each(struct path_list* out, const char* colon_separated)
{
  char path[PATH_MAX];
  enum status st = STATUS_OK;
  for (const char* p = colon_separated; !st && p && *p;) {
    const size_t n = strcspn(p, ":");
    if (n && n < sizeof path) {
      memcpy(path, p, n);
      path[n] = '\0';
      st = add_folder(out, path);
    }
    p += n + (p[n] == ':');
  }
  return st;
}

static void
drop_last(char* path)
{
  char* const slash = strrchr(path, '/');
  if (slash) {
    *slash = '\0';
  }
}

// The folder of the program and the one above; "" when the system does not say.
static void
find_program(struct program* out)
{
  const ssize_t n = readlink("/proc/self/exe", out->folder, PATH_MAX - 1);
  out->folder[n > 0 ? n : 0] = '\0';
  drop_last(out->folder);
  // Built by libtool, the program itself lies one deeper.
  const size_t n_folder = strlen(out->folder);
  if (n_folder >= 6 && !strcmp(out->folder + n_folder - 6, "/.libs")) {
    drop_last(out->folder);
  }
  memcpy(out->above, out->folder, sizeof out->above);
  drop_last(out->above);
}

// Adds what matches a pattern of the shell, in order of name.
static enum status
add_matches(struct path_list* out, const char* pattern,
            enum status (*add)(struct path_list* out, const char* path))
{
  glob_t found;
  enum status st = STATUS_OK;
  if (glob(pattern, 0, NULL, &found)) {
    return STATUS_OK;
  }
  for (size_t i = 0; !st && i < found.gl_pathc; ++i) {
    st = add(out, found.gl_pathv[i]);
  }
  globfree(&found);
  return st;
}

static int
has_built_modules(const char* folder, struct cache* cache)
{
  struct text names = { 0 };
  int found = 0;
  // Out of memory here is out of memory in folders_list.
  if (!folder_names(folder, cache, &names)) {
    for (const char* n = NULL; !found && (n = folder_next(&names, n));) {
      char path[PATH_MAX];
      snprintf(path, sizeof path, "%.2000s/%s.libs", folder, n);
      found = folder_is_folder(n) && !access(path, X_OK);
    }
  }
  text_fini(&names);
  return found;
}

// A folder `plugins` with built modules, at the program or above.
static enum status
add_build_folder(struct path_list* out, const struct program* program,
                 struct cache* cache)
{
  const char* const places[] = { program->folder, program->above };
  for (size_t i = 0; i < sizeof places / sizeof places[0]; ++i) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.4000s/plugins", places[i]);
    if (has_built_modules(path, cache)) {
      return add_folder(out, path);
    }
  }
  return STATUS_OK;
}

static enum status
add_user_folder(struct path_list* out)
{
  const char* const data = getenv("XDG_DATA_HOME");
  const char* const home = getenv("HOME");
  char path[PATH_MAX];
  if (data && *data == '/') {
    snprintf(path, sizeof path, "%.4000s/rill/plugins/1", data);
  } else if (home && *home == '/') {
    snprintf(path, sizeof path, "%.4000s/.local/share/rill/plugins/1", home);
  } else {
    return STATUS_OK;
  }
  return add_folder(out, path);
}

// Beside the program, since an installed tree can be moved, and as configured.
static enum status
add_installed_folders(struct path_list* out, const struct program* program)
{
  char path[PATH_MAX];
  enum status st = STATUS_OK;
  if (*program->folder) {
    snprintf(path, sizeof path, "%.4000s/lib/rill/1", program->above);
    st = add_folder(out, path);
    if (!st) {
      snprintf(path, sizeof path, "%.4000s/lib/*/rill/1", program->above);
      st = add_matches(out, path, add_folder);
    }
  }
  return st ? st : add_folder(out, RILL_PLUGIN_DIR);
}

enum status
folders_find(const char* extra, struct cache* cache, struct path_list* out)
{
  struct program program;
  enum status st;
  find_program(&program);
  if ((st = add_each(out, extra)) ||
      (st = add_each(out, getenv("RILL_PLUGIN_PATH"))) ||
      (st = add_build_folder(out, &program, cache)) ||
      (st = add_user_folder(out))) {
    return st;
  }
  return add_installed_folders(out, &program);
}

// Files of one folder; with *nested*, also the folders in which there may be
// built modules.
static enum status
read_folder(const char* folder, struct cache* cache, struct path_list* files,
            struct path_list* nested)
{
  struct text names = { 0 };
  enum status st = folder_names(folder, cache, &names);
  for (const char* n = NULL; !st && (n = folder_next(&names, n));) {
    if (!folder_is_folder(n)) {
      st = path_list_add(files, "%s/%s", folder, n);
    } else if (nested) {
      st = path_list_add(nested, "%s/%s.libs", folder, n);
    }
  }
  text_fini(&names);
  return st;
}

enum status
folders_list(const char* folder, struct cache* cache, struct path_list* out)
{
  struct path_list nested = { 0 };
  const size_t first = out->n;
  enum status st = read_folder(folder, cache, out, &nested);
  for (size_t i = 0; !st && i < nested.n; ++i) {
    st = read_folder(nested.items[i], cache, out, NULL);
  }
  path_list_fini(&nested);
  path_list_sort(out, first);
  return st;
}
