// SPDX-License-Identifier: ISC
// A temporary folder with plugins in it, for tests of loading.
#ifndef TESTS_PLUGIN_BOX_H
#define TESTS_PLUGIN_BOX_H

#include <check.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BOX_FILE_BYTES = 4 << 20 };

static char box[64]; // the folder

/// A path in the box; good until the next four calls.
static inline const char*
box_path(const char* name)
{
  static char paths[4][PATH_MAX + 64];
  static unsigned n;
  char* const path = paths[n++ % 4];
  snprintf(path, sizeof paths[0], "%s/%s", box, name);
  return path;
}

static inline void
box_write(const char* name, const void* data, size_t n_bytes)
{
  FILE* const f = fopen(box_path(name), "w");
  ck_assert_ptr_nonnull(f);
  ck_assert_uint_eq(fwrite(data, 1, n_bytes, f), n_bytes);
  ck_assert_int_eq(fclose(f), 0);
}

/// A folder and those above it.
static inline void
box_make_folder(const char* name)
{
  char command[PATH_MAX + 128];
  snprintf(command, sizeof command, "mkdir -p %s", box_path(name));
  ck_assert_int_eq(system(command), 0);
}

/// The bytes of a module of the zoo. The caller frees them.
static inline char*
box_read_zoo(const char* zoo, size_t* n_bytes)
{
  char path[PATH_MAX];
  char* const data = malloc(BOX_FILE_BYTES);
  snprintf(path, sizeof path, "%s/tests/zoo/.libs/%s.so",
           getenv("top_builddir"), zoo);
  FILE* const f = fopen(path, "r");
  ck_assert_msg(f != NULL, "%s", path);
  *n_bytes = fread(data, 1, BOX_FILE_BYTES, f);
  ck_assert_int_eq(fclose(f), 0);
  return data;
}

/// Copies a module of the zoo into the box.
static inline void
box_put(const char* zoo, const char* name)
{
  size_t n;
  char* const data = box_read_zoo(zoo, &n);
  box_write(name, data, n);
  free(data);
}

/// Puts *to* where *from* is in the bytes, everywhere; gives how often.
static inline int
box_patch(char* data, size_t n_bytes, const void* from, const void* to,
          size_t n)
{
  int n_found = 0;
  for (size_t i = 0; i + n <= n_bytes; ++i) {
    if (!memcmp(data + i, from, n)) {
      memcpy(data + i, to, n);
      ++n_found;
    }
  }
  return n_found;
}

/// A healthy plugin whose type is called *name*, three letters, and has the id
/// org.rill.*name*.
static inline void
box_put_named(const char* file, const char* name)
{
  char id[16];
  char word[5] = { 0 };
  size_t n;
  char* const data = box_read_zoo("good", &n);
  snprintf(id, sizeof id, "org.rill.%.3s", name);
  ck_assert_int_gt(box_patch(data, n, "org.rill.zoo", id, 12), 0);
  memcpy(word + 1, name, 3); // the name alone: between two ends of strings
  ck_assert_int_gt(box_patch(data, n, "\0zoo", word, 5), 0);
  box_write(file, data, n);
  free(data);
}

/// Files and folders in *path*.
static inline int
box_count(const char* path)
{
  DIR* const dir = opendir(path);
  int n = 0;
  ck_assert_ptr_nonnull(dir);
  for (const struct dirent* e; (e = readdir(dir));) {
    n += e->d_name[0] != '.';
  }
  closedir(dir);
  return n;
}

/// Makes the box; rill looks for plugins and keeps its own files there only.
static inline void
box_set_up(void)
{
  static const char* const folders[][2] = {
    { "RILL_PLUGIN_PATH", "plugins" }, { "RILL_RUNTIME_DIR", "run" },
    { "RILL_CACHE_DIR", "cache" },     { "XDG_DATA_HOME", "data" },
  };
  strcpy(box, "/tmp/rill-test-XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(box));
  for (unsigned i = 0; i < sizeof folders / sizeof folders[0]; ++i) {
    ck_assert_int_eq(setenv(folders[i][0], box_path(folders[i][1]), 1), 0);
  }
}

static inline void
box_tear_down(void)
{
  char command[PATH_MAX];
  snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", box, box);
  ck_assert_int_eq(system(command), 0);
}

#endif
