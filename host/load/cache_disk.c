// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/cache_disk.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "plugins.cache"

enum { MAX_BYTES = 256 << 20 };

int
cache_disk_folder(char out[PATH_MAX])
{
  const char* const own = getenv("RILL_CACHE_DIR");
  const char* const xdg = getenv("XDG_CACHE_HOME");
  const char* const home = getenv("HOME");
  int n = 0;
  if (own && *own) {
    n = snprintf(out, PATH_MAX, "%s", own);
  } else if (xdg && *xdg == '/') {
    n = snprintf(out, PATH_MAX, "%s/rill", xdg);
  } else if (home && *home == '/') {
    n = snprintf(out, PATH_MAX, "%s/.cache/rill", home);
  }
  return n > 0 && n < PATH_MAX - NAME_MAX;
}

// What others can write cannot be believed.
static int
is_ours(const struct stat* st)
{
  return S_ISREG(st->st_mode) && st->st_uid == geteuid() &&
         !(st->st_mode & 022) && st->st_size > 0 && st->st_size < MAX_BYTES;
}

static size_t
read_all(int fd, char* data, size_t n_bytes)
{
  size_t n_read = 0;
  while (n_read < n_bytes) {
    const ssize_t n = read(fd, data + n_read, n_bytes - n_read);
    if (n <= 0 && !(n < 0 && errno == EINTR)) {
      break;
    }
    n_read += n > 0 ? (size_t)n : 0;
  }
  return n_read;
}

static int
read_fd(int fd, struct cache_file* out)
{
  struct stat st;
  if (fstat(fd, &st) || !is_ours(&st)) {
    return 1;
  }
  char* const data = mem_resize(NULL, (size_t)st.st_size, 1);
  if (!data) {
    return 0;
  }
  if (!cache_file_adopt(data, read_all(fd, data, (size_t)st.st_size), out)) {
    log_debug("the plugin cache is damaged or of another version: made anew");
    mem_free(data);
  }
  return 1;
}

int
cache_disk_read(struct cache_file* out)
{
  char path[PATH_MAX];
  *out = (struct cache_file){ 0 };
  if (!cache_disk_folder(path)) {
    return 1;
  }
  strcat(path, "/" FILE_NAME);
  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    return 1;
  }
  const int ok = read_fd(fd, out);
  close(fd);
  return ok;
}

static void
make_folders(char* path)
{
  for (char* p = path + 1; *p; ++p) {
    if (*p == '/') {
      *p = '\0';
      mkdir(path, 0700);
      *p = '/';
    }
  }
  mkdir(path, 0700);
}

static int
write_all(int fd, const char* data, size_t n_bytes)
{
  while (n_bytes) {
    const ssize_t n = sys.write(fd, data, n_bytes);
    if (n < 0 && errno != EINTR) {
      return 0;
    }
    data += n > 0 ? n : 0;
    n_bytes -= n > 0 ? (size_t)n : 0;
  }
  return 1;
}

void
cache_disk_write(const char* data, size_t n_bytes)
{
  char path[PATH_MAX];
  char aside[PATH_MAX + 16];
  if (!cache_disk_folder(path)) {
    return;
  }
  make_folders(path);
  strcat(path, "/" FILE_NAME);
  snprintf(aside, sizeof aside, "%s.XXXXXX", path);
  const int fd = mkostemp(aside, O_CLOEXEC);
  if (fd < 0) {
    log_debug("%s: not written: %s", path, strerror(errno));
    return;
  }
  const int written = write_all(fd, data, n_bytes);
  if (close(fd) || !written || rename(aside, path)) {
    log_debug("%s: not written: %s", path, strerror(errno));
    unlink(aside);
  }
}
