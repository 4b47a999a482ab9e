// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/staging.h"

#include "base/mem.h"
#include "base/text.h"
#include "load/run_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

enum { NAME_BYTES = 64 };

static atomic_uint n_staged; // makes names unique in this process

// The system copies from one file to the other: the bytes need no memory of
// ours, which would cost as much as the copy. Gives what was copied, -1 on an
// error.
static ssize_t
copy_bytes(const struct staging_source* from, int to)
{
  off_t at = 0;
  while ((size_t)at < from->n_bytes) {
    const ssize_t n = sendfile(to, from->fd, &at, from->n_bytes - (size_t)at);
    if (n < 0 && errno != EINTR) {
      return -1;
    }
    if (!n) {
      break;
    }
  }
  return (ssize_t)at;
}

static int
copy_and_map(const struct staging_source* from, int to, struct image* image,
             struct reason* reason)
{
  const ssize_t n = copy_bytes(from, to);
  return n >= 0 && !image_map(to, (size_t)n, image, reason);
}

static char*
copy_path(const struct run_dir* dir, const char* origin)
{
  const char* const slash = strrchr(origin, '/');
  struct text path = { 0 };
  text_add(&path, "%s/%u-%.*s", dir->path, atomic_fetch_add(&n_staged, 1),
           NAME_BYTES, slash ? slash + 1 : origin);
  return text_take(&path);
}

static int
to_file(const struct staging_source* from, struct staged* out,
        struct image* image, struct reason* reason)
{
  const struct run_dir* const dir = run_dir_enter();
  char* const path = dir ? copy_path(dir, from->path) : NULL;
  if (!path) {
    goto fail;
  }
  const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0500);
  if (fd < 0) {
    goto fail;
  }
  const int copied = copy_and_map(from, fd, image, reason);
  close(fd);
  if (!copied) {
    unlink(path);
    goto fail;
  }
  *out = (struct staged){ path, -1, STAGING_FILE, getpid() };
  return 1;

fail:
  mem_free(path);
  if (dir) {
    run_dir_leave();
  }
  return 0;
}

static int
to_memory(const struct staging_source* from, struct staged* out,
          struct image* image, struct reason* reason)
{
  const int seals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  struct text path = { 0 };
  const int fd = memfd_create("rill-plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) {
    return 0;
  }
  text_add(&path, "/proc/self/fd/%d", fd);
  // Sealed before it is mapped: then nobody can have it mapped for writing.
  const ssize_t n = copy_bytes(from, fd);
  if (n < 0 || fcntl(fd, F_ADD_SEALS, seals) || path.failed ||
      image_map(fd, (size_t)n, image, reason)) {
    text_fini(&path);
    close(fd);
    return 0;
  }
  *out = (struct staged){ text_take(&path), fd, STAGING_MEMORY, getpid() };
  return 1;
}

enum status
staging_copy(const struct staging_source* from, enum staging wanted,
             struct staged* out, struct image* image, struct reason* reason)
{
  if (wanted == STAGING_FILE && to_file(from, out, image, reason)) {
    return STATUS_OK;
  }
  if (to_memory(from, out, image, reason)) {
    return STATUS_OK;
  }
  return reason_set(reason, STATUS_BAD_PLUGIN,
                    "cannot be copied to a private place: %s (RILL_RUNTIME_DIR "
                    "names a folder that may hold programs)",
                    strerror(errno));
}

void
staging_remove(struct staged* staged)
{
  if (!staged->path) {
    return;
  }
  if (staged->kind == STAGING_MEMORY) {
    if (staged->fd >= 0) {
      close(staged->fd);
    }
  } else if (staged->owner == getpid()) {
    unlink(staged->path);
    run_dir_leave();
  }
  mem_free(staged->path);
  *staged = (struct staged){ 0 };
}
