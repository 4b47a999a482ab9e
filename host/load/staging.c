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
#include <unistd.h>

enum { NAME_BYTES = 64 };

static atomic_uint n_staged; // makes names unique in this process

static int
write_all(int fd, const struct image* image)
{
  const char* p = image->data;
  size_t n_left = image->n_bytes;
  while (n_left) {
    const ssize_t n = write(fd, p, n_left);
    if (n < 0 && errno != EINTR) {
      return -1;
    }
    p += n > 0 ? n : 0;
    n_left -= n > 0 ? (size_t)n : 0;
  }
  return 0;
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
to_file(const struct image* image, const char* origin, struct staged* out)
{
  const struct run_dir* const dir = run_dir_enter();
  char* const path = dir ? copy_path(dir, origin) : NULL;
  if (!path) {
    goto fail;
  }
  const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0500);
  if (fd < 0) {
    goto fail;
  }
  const int failed = write_all(fd, image);
  if (close(fd) || failed) {
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
to_memory(const struct image* image, struct staged* out)
{
  const int seals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  struct text path = { 0 };
  const int fd = memfd_create("rill-plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) {
    return 0;
  }
  text_add(&path, "/proc/self/fd/%d", fd);
  if (write_all(fd, image) || fcntl(fd, F_ADD_SEALS, seals) || path.failed) {
    text_fini(&path);
    close(fd);
    return 0;
  }
  *out = (struct staged){ text_take(&path), fd, STAGING_MEMORY, getpid() };
  return 1;
}

enum status
staging_write(const struct image* image, const char* origin,
              enum staging wanted, struct staged* out, struct reason* reason)
{
  if (wanted == STAGING_FILE && to_file(image, origin, out)) {
    return STATUS_OK;
  }
  if (to_memory(image, out)) {
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
