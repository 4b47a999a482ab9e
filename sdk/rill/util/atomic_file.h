// SPDX-License-Identifier: ISC
// Files that appear whole or not at all, for authors of sinks.
//
// What is written goes to a file without a name in the folder of the target
// (O_TMPFILE), or to one with a name of its own where the file system knows no
// such files. Commit gives it the target's name in one step; a process that
// dies before leaves the target as it was. After a power failure both what was
// written and what it replaced may be gone, unless SYNC is set. A hidden file that a killed process
// left behind is removed by the next one that writes to the same target.
//
// Compiled into the plugin, not part of the binary contract. Needs Linux and
// the feature macro _GNU_SOURCE. One file belongs to one thread at a time.
#ifndef RILL_UTIL_ATOMIC_FILE_H
#define RILL_UTIL_ATOMIC_FILE_H

#include "../helpers.h"
#include "../status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum rill_atomic_flags {
  RILL_ATOMIC_KEEP = 0x1,   // a target that exists is an error
  RILL_ATOMIC_SYNC = 0x2,   // on the disk before the name appears
  RILL_ATOMIC_STREAMS = 0x4 // "-" (stdout), FIFOs and devices are taken as
                            // well, and written to directly
};

enum { RILL_ATOMIC_WHY_BYTES = 512, RILL_ATOMIC_SLOTS = 100 };

/// Zeroed memory is a closed file.
struct rill_atomic_file {
  int is_open;
  int fd;           // to write to, also by other libraries
  int folder;       // of the target, held: renaming it does no harm
  int is_stream;    // "-", FIFO, device: nothing to commit
  uint32_t flags;   // enum rill_atomic_flags
  char* path;       // as given, for messages
  char* target;     // after symbolic links
  const char* name; // the last part of it
  char temp[48];    // the hidden name, or empty
  char why[RILL_ATOMIC_WHY_BYTES]; // of the call that failed last
};

/// Takes a closed file. A symbolic link is followed: what it points to is
/// replaced. Gives RILL_ERR_OUTPUT with *why* filled, or RILL_ERR_NO_MEMORY.
static inline int32_t
rill_atomic_open(struct rill_atomic_file* f, const char* path, uint32_t flags);

/// Appends all *n_bytes*, through signals and short writes.
static inline int32_t
rill_atomic_write(struct rill_atomic_file* f, const void* data, size_t n_bytes);

/// Writes at *offset* and leaves the position for appending alone; for headers.
static inline int32_t
rill_atomic_write_at(struct rill_atomic_file* f,
                     const void* data,
                     size_t n_bytes,
                     uint64_t offset);

/// Gives the file its name, and closes it. After a failure it is open still:
/// discard it.
static inline int32_t
rill_atomic_commit(struct rill_atomic_file* f);

/// Closes without a trace. A closed file is fine.
static inline void
rill_atomic_discard(struct rill_atomic_file* f);

/// What an errno means for somebody who wants a file written.
static inline const char*
rill_atomic_reason(int error)
{
  switch (error) {
    case ENOENT: return "it does not exist: create it";
    case ENOTDIR: return "a part of its path is not a folder";
    case EACCES:
    case EPERM: return "permission denied";
    case EROFS: return "the file system is read-only";
    case ENOSPC: return "no space left on the device";
    case EDQUOT: return "the disk quota is used up";
    case EFBIG: return "a file must not become that large here";
    case EPIPE: return "the reader has gone";
    case EIO: return "input/output error";
    case ENAMETOOLONG: return "the name is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    default: return strerror(error);
  }
}

__attribute__((format(printf, 2, 3))) static inline int32_t
rill_atomic_fail(struct rill_atomic_file* f, const char* format, ...)
{
  va_list args;
  va_start(args, format);
  vsnprintf(f->why, sizeof f->why, format, args);
  va_end(args);
  return RILL_ERR_OUTPUT;
}

// The path first, so that what a long one cuts off is not the path's begin.
static inline int32_t
rill_atomic_fail_errno(struct rill_atomic_file* f, const char* what, int error)
{
  return rill_atomic_fail(f, "%s: %s: %s", f->path, what,
                          rill_atomic_reason(error));
}

// One target has the same few hidden names in every process: a stale one is
// found without reading the folder.
static inline void
rill_atomic_set_temp(struct rill_atomic_file* f, unsigned slot)
{
  uint64_t hash = 14695981039346656037u; // FNV-1a
  for (const char* p = f->name; *p; ++p) {
    hash = (hash ^ (unsigned char)*p) * 1099511628211u;
  }
  snprintf(f->temp, sizeof f->temp, ".rill-%016llx-%u",
           (unsigned long long)hash, slot);
}

static inline int
rill_atomic_is_same(int fd, int folder, const char* name)
{
  struct stat a;
  struct stat b;
  return !fstat(fd, &a) && !fstatat(folder, name, &b, AT_SYMLINK_NOFOLLOW) &&
         a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

// Who writes holds a lock, so a file whose lock is free has no writer. Only
// the holder of the lock takes the name away: the check cannot be overtaken.
static inline void
rill_atomic_remove_stale(struct rill_atomic_file* f)
{
  const int fd = openat(f->folder, f->temp, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) {
    return;
  }
  if (!flock(fd, LOCK_EX | LOCK_NB) &&
      rill_atomic_is_same(fd, f->folder, f->temp)) {
    unlinkat(f->folder, f->temp, 0);
  }
  close(fd);
}

static inline int
rill_atomic_create_named(struct rill_atomic_file* f)
{
  for (unsigned i = 0; i < 2 * RILL_ATOMIC_SLOTS; ++i) {
    rill_atomic_set_temp(f, i / 2);
    f->fd = openat(f->folder, f->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                   0666);
    if (f->fd >= 0) {
      flock(f->fd, LOCK_EX | LOCK_NB);
      if (rill_atomic_is_same(f->fd, f->folder, f->temp)) {
        return 0;
      }
      close(f->fd); // taken for stale before it was locked
    } else if (errno != EEXIST) {
      break;
    } else if (i % 2 == 0) {
      rill_atomic_remove_stale(f);
    }
  }
  f->temp[0] = '\0';
  return -1;
}

static inline int
rill_atomic_create(struct rill_atomic_file* f)
{
#ifdef O_TMPFILE
  if (!access("/proc/self/fd", X_OK)) { // its way to a name, see link
    f->fd = openat(f->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    if (f->fd >= 0) {
      flock(f->fd, LOCK_EX | LOCK_NB);
      return 0;
    }
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL &&
        errno != ENOENT) {
      return -1;
    }
  }
#endif
  return rill_atomic_create_named(f);
}

static inline int32_t
rill_atomic_open_folder(struct rill_atomic_file* f)
{
  char* const slash = strrchr(f->target, '/');
  f->name = slash ? slash + 1 : f->target;
  if (slash) {
    *slash = '\0';
  }
  const char* const folder = !slash ? "." : *f->target ? f->target : "/";
  f->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return f->folder >= 0
           ? RILL_OK
           : rill_atomic_fail(f, "%s: cannot use the folder '%s': %s", f->path,
                              folder, rill_atomic_reason(errno));
}

static inline int32_t
rill_atomic_create_beside(struct rill_atomic_file* f, const struct stat* old)
{
  const int32_t st = rill_atomic_open_folder(f);
  if (st) {
    return st;
  }
  if (old && faccessat(f->folder, f->name, W_OK, 0)) {
    return rill_atomic_fail_errno(f, "it exists and cannot be replaced", errno);
  }
  if (rill_atomic_create(f)) {
    return rill_atomic_fail_errno(f, "cannot create a file in its folder",
                                  errno);
  }
  if (old) {
    (void)!fchmod(f->fd, old->st_mode & 0777); // a nicety, not a duty
  }
  return RILL_OK;
}

static inline int32_t
rill_atomic_open_stream(struct rill_atomic_file* f)
{
  f->is_stream = 1;
  do {
    f->fd = strcmp(f->path, "-")
              ? open(f->target, O_WRONLY | O_CLOEXEC)
              : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  } while (f->fd < 0 && errno == EINTR);
  return f->fd >= 0 ? RILL_OK
                    : rill_atomic_fail_errno(f, "cannot be opened", errno);
}

static inline int32_t
rill_atomic_open_any(struct rill_atomic_file* f)
{
  struct stat old;
  if (!*f->target || f->target[strlen(f->target) - 1] == '/') {
    return rill_atomic_fail(f, "'%s' is not the name of a file", f->path);
  }
  if (stat(f->target, &old)) {
    return errno == ENOENT ? rill_atomic_create_beside(f, NULL)
                           : rill_atomic_fail_errno(f, "no access", errno);
  }
  if (S_ISDIR(old.st_mode)) {
    return rill_atomic_fail(
      f, "%s: this is a folder: give the name of a file in it", f->path);
  }
  if (!S_ISREG(old.st_mode)) {
    return f->flags & RILL_ATOMIC_STREAMS
             ? rill_atomic_open_stream(f)
             : rill_atomic_fail(f,
                                "%s: this is a FIFO, device or socket, not a "
                                "file: raw.write can write to it",
                                f->path);
  }
  if (f->flags & RILL_ATOMIC_KEEP) {
    return rill_atomic_fail(
      f, "%s: it exists already, and overwrite is false", f->path);
  }
  return rill_atomic_create_beside(f, &old);
}

static inline int32_t
rill_atomic_resolve(struct rill_atomic_file* f)
{
  struct stat link;
  if (lstat(f->path, &link) || !S_ISLNK(link.st_mode)) {
    f->target = strdup(f->path);
    return f->target ? RILL_OK : RILL_ERR_NO_MEMORY;
  }
  f->target = realpath(f->path, NULL);
  return f->target ? RILL_OK
                   : rill_atomic_fail(f,
                                      "%s: a symbolic link that leads to "
                                      "nothing: remove it, or make its target",
                                      f->path);
}

static inline int32_t
rill_atomic_open(struct rill_atomic_file* f, const char* path, uint32_t flags)
{
  f->flags = flags;
  f->fd = -1;
  f->folder = -1;
  f->is_stream = 0;
  f->is_open = 1;
  f->temp[0] = '\0';
  f->target = NULL;
  f->path = strdup(path);

  int32_t st = RILL_ERR_NO_MEMORY;
  if (f->path) {
    const int is_stdout = flags & RILL_ATOMIC_STREAMS && !strcmp(path, "-");
    st = is_stdout ? rill_atomic_open_stream(f) : rill_atomic_resolve(f);
    st = st || is_stdout ? st : rill_atomic_open_any(f);
  }
  if (st) {
    rill_atomic_discard(f);
  }
  return st;
}

static inline int32_t
rill_atomic_write(struct rill_atomic_file* f, const void* data, size_t n_bytes)
{
  const char* at = (const char*)data;
  while (n_bytes) {
    const ssize_t n = write(f->fd, at, n_bytes);
    if (n < 0 && errno != EINTR) {
      return rill_atomic_fail_errno(f, "cannot be written", errno);
    }
    at += n > 0 ? n : 0;
    n_bytes -= n > 0 ? (size_t)n : 0;
  }
  return RILL_OK;
}

static inline int32_t
rill_atomic_write_at(struct rill_atomic_file* f,
                     const void* data,
                     size_t n_bytes,
                     uint64_t offset)
{
  const char* at = (const char*)data;
  while (n_bytes) {
    const ssize_t n = pwrite(f->fd, at, n_bytes, (off_t)offset);
    if (n < 0 && errno != EINTR) {
      return rill_atomic_fail_errno(f, "cannot be written", errno);
    }
    at += n > 0 ? n : 0;
    offset += n > 0 ? (uint64_t)n : 0;
    n_bytes -= n > 0 ? (size_t)n : 0;
  }
  return RILL_OK;
}

// What close would say, while the name is not there yet.
static inline int
rill_atomic_flush(struct rill_atomic_file* f)
{
  if (f->flags & RILL_ATOMIC_SYNC && fsync(f->fd) &&
      !(f->is_stream && (errno == EINVAL || errno == EROFS))) {
    return -1;
  }
  const int copy = fcntl(f->fd, F_DUPFD_CLOEXEC, 3);
  return copy < 0 ? -1 : close(copy);
}

static inline int
rill_atomic_link(struct rill_atomic_file* f, const char* name)
{
  char from[48];
  if (f->temp[0] && name != f->temp) {
    return linkat(f->folder, f->temp, f->folder, name, 0);
  }
  snprintf(from, sizeof from, "/proc/self/fd/%d", f->fd);
  return linkat(AT_FDCWD, from, f->folder, name, AT_SYMLINK_FOLLOW);
}

// A file without a name cannot replace another: it gets a hidden one first.
static inline int
rill_atomic_link_temp(struct rill_atomic_file* f)
{
  for (unsigned i = 0; i < 2 * RILL_ATOMIC_SLOTS; ++i) {
    rill_atomic_set_temp(f, i / 2);
    if (!rill_atomic_link(f, f->temp)) {
      return 0;
    }
    if (errno != EEXIST) {
      break;
    }
    if (i % 2 == 0) {
      rill_atomic_remove_stale(f);
    }
  }
  f->temp[0] = '\0';
  return -1;
}

// The file that is replaced, under our lock: nobody takes it for stale while it
// has the hidden name.
static inline int
rill_atomic_hold_old(struct rill_atomic_file* f)
{
  struct stat st;
  const int fd = openat(f->folder, f->name,
                        O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) &&
      !flock(fd, LOCK_EX | LOCK_NB) &&
      rill_atomic_is_same(fd, f->folder, f->name)) {
    return fd;
  }
  if (fd >= 0) {
    close(fd);
  }
  return -1;
}

#ifdef RENAME_EXCHANGE
static inline int
rill_atomic_swap_names(struct rill_atomic_file* f)
{
  return renameat2(f->folder, f->temp, f->folder, f->name, RENAME_EXCHANGE);
}
#else
static inline int
rill_atomic_swap_names(struct rill_atomic_file* f)
{
  (void)f;
  return -1;
}
#endif

// A rename over a file makes ext4 write the new one out at once, which takes
// 0.3 ms, and 4 when the old one is being written. Who wants that says SYNC;
// for others the two change names, and the old one goes.
static inline int
rill_atomic_exchange(struct rill_atomic_file* f)
{
  const int old =
    f->flags & RILL_ATOMIC_SYNC ? -1 : rill_atomic_hold_old(f);
  if (old < 0) {
    return -1;
  }
  int st = rill_atomic_swap_names(f);
  if (!st && !rill_atomic_is_same(old, f->folder, f->temp)) {
    // Somebody else was faster, with something that we have not looked at.
    st = rill_atomic_swap_names(f) ? 0 : -1;
  } else if (!st) {
    unlinkat(f->folder, f->temp, 0);
  }
  close(old);
  return st;
}

static inline int
rill_atomic_name(struct rill_atomic_file* f)
{
  const int was_nameless = !f->temp[0];
  if (was_nameless || f->flags & RILL_ATOMIC_KEEP) {
    if (!rill_atomic_link(f, f->name)) {
      return 0; // discard removes a hidden name
    }
    if (f->flags & RILL_ATOMIC_KEEP || errno != EEXIST) {
      return -1;
    }
  }
  if (was_nameless && rill_atomic_link_temp(f)) {
    return -1;
  }
  if (rill_atomic_exchange(f) &&
      renameat(f->folder, f->temp, f->folder, f->name)) {
    return -1;
  }
  f->temp[0] = '\0';
  return 0;
}

static inline int32_t
rill_atomic_commit(struct rill_atomic_file* f)
{
  if (rill_atomic_flush(f)) {
    return rill_atomic_fail_errno(f, "cannot be written", errno);
  }
  if (!f->is_stream && rill_atomic_name(f)) {
    return errno == EEXIST
             ? rill_atomic_fail(
                 f, "%s: it exists already, and overwrite is false", f->path)
             : rill_atomic_fail_errno(f, "cannot get its name", errno);
  }
  if (!f->is_stream && f->flags & RILL_ATOMIC_SYNC && fsync(f->folder)) {
    return rill_atomic_fail_errno(f, "cannot write its folder", errno);
  }
  rill_atomic_discard(f);
  return RILL_OK;
}

static inline void
rill_atomic_discard(struct rill_atomic_file* f)
{
  if (!f->is_open) {
    return;
  }
  if (f->temp[0]) {
    unlinkat(f->folder, f->temp, 0);
  }
  if (f->fd >= 0) {
    close(f->fd);
  }
  if (f->folder >= 0) {
    close(f->folder);
  }
  free(f->target);
  free(f->path);
  f->is_open = 0;
}

#endif
