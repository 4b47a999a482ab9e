// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/run_dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PREFIX "rill-run-"

enum { N_BASES = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct run_dir dir = { .fd = -1 };
static unsigned n_users;
static pid_t owner; // a forked child must not touch the folder of its parent

// Where the folder may be made, best first. Memory is ten times faster than a
// disk for a file of so short a life.
static int
base_path(int index, char* out, size_t n_bytes)
{
  const char* const own = getenv("RILL_RUNTIME_DIR");
  const char* const xdg = getenv("XDG_RUNTIME_DIR");
  const unsigned user = (unsigned)getuid();
  int n = -1;
  if (own && *own) {
    n = index ? -1 : snprintf(out, n_bytes, "%s", own);
  } else if (index == 0 && xdg && *xdg == '/') {
    n = snprintf(out, n_bytes, "%s/rill", xdg);
  } else if (index == 1) {
    n = snprintf(out, n_bytes, "/dev/shm/rill-%u", user);
  } else if (index == 2) {
    n = snprintf(out, n_bytes, "/tmp/rill-%u", user);
  }
  // Room for the name of the folder and of a file in it.
  return n > 0 && (size_t)n < n_bytes - 2 * NAME_MAX;
}

// Who can write here can run code as us.
static int
open_base(const char* path)
{
  struct stat st;
  struct statvfs fs;
  if (mkdir(path, 0700) && errno != EEXIST) {
    return -1;
  }
  const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    return -1;
  }
  if (fstat(fd, &st) || st.st_uid != getuid() || (st.st_mode & 022) ||
      fstatvfs(fd, &fs) || (fs.f_flag & ST_NOEXEC)) {
    close(fd);
    return -1;
  }
  return fd;
}

static void
remove_files(int fd)
{
  DIR* const files = fdopendir(fd);
  if (!files) {
    close(fd);
    return;
  }
  for (const struct dirent* e; (e = readdir(files));) {
    unlinkat(fd, e->d_name, 0); // fails for . and .. as it should
  }
  closedir(files);
}

// A folder whose lock can be had belongs to a process that is gone.
static void
remove_stale(int base)
{
  const int copy = dup(base);
  DIR* const folders = copy >= 0 ? fdopendir(copy) : NULL;
  if (!folders) {
    if (copy >= 0) {
      close(copy);
    }
    return;
  }
  for (const struct dirent* e; (e = readdir(folders));) {
    const int fd = strncmp(e->d_name, PREFIX, sizeof PREFIX - 1)
                     ? -1
                     : openat(base, e->d_name,
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
      continue;
    }
    if (flock(fd, LOCK_EX | LOCK_NB)) {
      close(fd);
      continue;
    }
    remove_files(fd);
    unlinkat(base, e->d_name, AT_REMOVEDIR);
  }
  closedir(folders);
}

// Between mkdtemp and the lock, the cleaner of another process may take the
// folder for a stale one: then the path is gone and we try again.
static int
make_locked(char* path)
{
  char* const x = path + strlen(path) - 6;
  for (int attempt = 0; attempt < 8; ++attempt) {
    struct stat st;
    memcpy(x, "XXXXXX", 6);
    if (!mkdtemp(path)) {
      return -1;
    }
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB) && !stat(path, &st)) {
      return fd;
    }
    if (fd >= 0) {
      close(fd);
    }
  }
  return -1;
}

static int
make_in(const char* base, struct run_dir* out)
{
  char path[PATH_MAX];
  const int base_fd = open_base(base);
  if (base_fd < 0) {
    return 0;
  }
  remove_stale(base_fd);
  close(base_fd);
  const int n = snprintf(path, sizeof path, "%s/" PREFIX "XXXXXX", base);
  out->fd = n < (int)sizeof path ? make_locked(path) : -1;
  memcpy(out->path, path, sizeof path);
  return out->fd >= 0;
}

static int
make(struct run_dir* out)
{
  char base[PATH_MAX];
  for (int i = 0; i < N_BASES; ++i) {
    if (base_path(i, base, sizeof base) && make_in(base, out)) {
      return 1;
    }
  }
  return 0;
}

int
run_dir_base(char out[PATH_MAX])
{
  for (int i = 0; i < N_BASES; ++i) {
    const int fd = base_path(i, out, PATH_MAX) ? open_base(out) : -1;
    if (fd >= 0) {
      close(fd);
      return 1;
    }
  }
  return 0;
}

const struct run_dir*
run_dir_enter(void)
{
  pthread_mutex_lock(&lock);
  const pid_t self = getpid();
  if (n_users && owner != self) {
    close(dir.fd); // the parent's, which keeps it
    n_users = 0;
  }
  const int ok = n_users || make(&dir);
  if (ok) {
    ++n_users;
    owner = self;
  }
  pthread_mutex_unlock(&lock);
  return ok ? &dir : NULL;
}

void
run_dir_leave(void)
{
  pthread_mutex_lock(&lock);
  if (n_users && owner == getpid() && !--n_users) {
    rmdir(dir.path);
    close(dir.fd);
    dir.fd = -1;
  }
  pthread_mutex_unlock(&lock);
}
