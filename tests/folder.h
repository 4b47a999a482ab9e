// SPDX-License-Identifier: ISC
// A folder for the files of one test, and files as bytes.
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char test_folder[64];

static inline void
folder_make(void)
{
  strcpy(test_folder, "/tmp/rill-test-XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(test_folder));
  ck_assert_int_eq(chdir(test_folder), 0);
}

static inline int
folder_remove_one(const char* path, const struct stat* st, int type,
                  struct FTW* ftw)
{
  (void)st;
  (void)type;
  (void)ftw;
  return remove(path);
}

static inline void
folder_remove(void)
{
  ck_assert_int_eq(chdir("/"), 0);
  nftw(test_folder, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/// Entries of the test's folder, hidden ones too.
static inline int
folder_count(void)
{
  int n = 0;
  DIR* const d = opendir(".");
  ck_assert_ptr_nonnull(d);
  for (const struct dirent* e; (e = readdir(d));) {
    n += strcmp(e->d_name, ".") && strcmp(e->d_name, "..");
  }
  closedir(d);
  return n;
}

static inline void
file_put(const char* name, const void* data, size_t n)
{
  FILE* const f = fopen(name, "wb");
  ck_assert_ptr_nonnull(f);
  ck_assert_uint_eq(fwrite(data, 1, n, f), n);
  ck_assert_int_eq(fclose(f), 0);
}

/// All bytes; free them.
static inline uint8_t*
file_get(const char* name, size_t* n)
{
  struct stat st;
  ck_assert_int_eq(stat(name, &st), 0);
  uint8_t* const data = malloc((size_t)st.st_size + 1);
  FILE* const f = fopen(name, "rb");
  ck_assert_ptr_nonnull(f);
  *n = fread(data, 1, (size_t)st.st_size, f);
  data[*n] = '\0';
  fclose(f);
  return data;
}

static inline int
file_is(const char* name, const char* content)
{
  size_t n;
  uint8_t* const data = file_get(name, &n);
  const int same = n == strlen(content) && !memcmp(data, content, n);
  free(data);
  return same;
}

#endif
