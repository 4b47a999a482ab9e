// SPDX-License-Identifier: ISC
#include "spec/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// For kernels that do not know openat2: one component after the other.
static int
open_by_steps(int folder_fd, const char* path)
{
  int fd = openat(folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  while (fd >= 0 && *path) {
    char part[NAME_MAX + 1];
    const size_t n = strcspn(path, "/");
    if (n >= sizeof part || (n == 2 && !strncmp(path, "..", 2))) {
      close(fd);
      errno = n == 2 ? EXDEV : ENAMETOOLONG;
      return -1;
    }
    memcpy(part, path, n);
    part[n] = '\0';
    path += n + strspn(path + n, "/");
    const int next = openat(fd, n ? part : ".",
                            O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK |
                              O_NOCTTY | (*path ? O_DIRECTORY : 0));
    const int error = errno;
    close(fd);
    errno = error;
    fd = next;
  }
  return fd;
}

int
beneath_open(int folder_fd, const char* path, enum beneath_way way)
{
  struct open_how how = {
    .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  if (*path == '/') {
    errno = EXDEV;
    return -1;
  }
  if (way == BENEATH_BY_KERNEL) {
    const long fd = syscall(SYS_openat2, folder_fd, path, &how, sizeof how);
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM)) {
      return (int)fd;
    }
  }
  return open_by_steps(folder_fd, path);
}
