// SPDX-License-Identifier: ISC
#include "spec/file.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_BYTES = 16 * 1024 };

static ssize_t
read_some(int fd, char* to, size_t n_bytes)
{
  ssize_t n;
  while ((n = read(fd, to, n_bytes)) < 0) {
    struct pollfd p = { fd, POLLIN, 0 };
    if (errno == EAGAIN) { // standard input, as another program left it
      poll(&p, 1, -1);
    } else if (errno != EINTR) {
      break;
    }
  }
  return n;
}

enum status
file_read(int fd, char** out, size_t* n_bytes, const char** reason)
{
  char* text = NULL;
  size_t n = 0;
  size_t capacity = 0;
  ssize_t n_new = 1;
  while (n_new > 0 && n <= FILE_MAX_BYTES) {
    if (n + 1 >= capacity) {
      capacity = capacity ? capacity * 4 : FIRST_BYTES;
      char* const grown = mem_resize(text, capacity, 1);
      if (!grown) {
        mem_free(text);
        *reason = "out of memory";
        return STATUS_NO_MEMORY;
      }
      text = grown;
    }
    n_new = read_some(fd, text + n, capacity - n - 1);
    n += n_new > 0 ? (size_t)n_new : 0;
  }
  if (n_new < 0 || n > FILE_MAX_BYTES) {
    *reason = n_new < 0 ? strerror(errno) : "larger than 1 MiB";
    mem_free(text);
    return n_new < 0 ? STATUS_BAD_GRAPH : STATUS_LIMIT;
  }
  text[n] = '\0';
  *out = text;
  *n_bytes = n;
  return STATUS_OK;
}

int
file_is_regular(int fd, const char** reason)
{
  struct stat st;
  if (fstat(fd, &st)) {
    *reason = strerror(errno);
    return 0;
  }
  *reason = S_ISDIR(st.st_mode)    ? "it is a folder"
            : S_ISFIFO(st.st_mode) ? "it is a pipe"
            : S_ISSOCK(st.st_mode) ? "it is a socket"
                                   : "it is a device";
  return S_ISREG(st.st_mode);
}

int
file_open(const char* path, const char** reason, const char** hint)
{
  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  *hint = NULL;
  if (fd < 0) {
    *reason = errno == ENXIO ? "it is a socket" : strerror(errno);
    return -1;
  }
  if (!file_is_regular(fd, reason)) {
    *hint = "'-' reads a graph from standard input";
    close(fd);
    return -1;
  }
  return fd;
}
