// SPDX-License-Identifier: ISC
// What a process holds.
#ifndef TESTS_SWAP_SOAK_SYSTEM_H
#define TESTS_SWAP_SOAK_SYSTEM_H

#include <dirent.h>
#include <stdio.h>

// Rows of blocks that were never so long before.
enum { SOAK_PAGES = 512 };

struct soak_system {
  long n_pages; // resident
  int n_files;
  int n_maps;
};

static inline int
soak_count_files(void)
{
  DIR* const dir = opendir("/proc/self/fd");
  int n = 0;
  while (dir && readdir(dir)) {
    ++n;
  }
  if (dir) {
    closedir(dir);
  }
  return n;
}

static inline int
soak_count_lines(const char* path)
{
  FILE* const file = fopen(path, "r");
  int n = 0;
  for (int c; file && (c = getc(file)) != EOF;) {
    n += c == '\n';
  }
  if (file) {
    fclose(file);
  }
  return n;
}

static inline void
soak_system_look(struct soak_system* out)
{
  FILE* const file = fopen("/proc/self/statm", "r");
  long size = 0;
  out->n_pages = 0;
  if (file) {
    if (fscanf(file, "%ld %ld", &size, &out->n_pages) != 2) {
      out->n_pages = 0;
    }
    fclose(file);
  }
  out->n_files = soak_count_files();
  out->n_maps = soak_count_lines("/proc/self/maps");
}

#endif
