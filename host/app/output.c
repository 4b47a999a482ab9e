// SPDX-License-Identifier: ISC
#include "config.h" // fopencookie

#include "app/output.h"

#include "base/log.h"
#include "base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static FILE* file;
static int file_fd = -1;
static int is_given_back;
static int first_errno; // why the first write failed

// A stream of our own keeps the reason of a write that fails long before the
// end; stdio would forget it.
static ssize_t
write_all(void* cookie, const char* data, size_t n_bytes)
{
  (void)cookie;
  size_t done = 0;
  while (done < n_bytes && !first_errno) {
    const ssize_t n = sys.write(file_fd, data + done, n_bytes - done);
    if (n > 0) {
      done += (size_t)n;
    } else if (n == 0 || errno != EINTR) {
      first_errno = n ? errno : EIO;
    }
  }
  return first_errno ? 0 : (ssize_t)n_bytes;
}

// A descriptor that was closed would be given to the next file opened, and
// that file would get our messages. Writing to the stand-in fails.
static void
fill_gaps(void)
{
  int fd;
  do {
    fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0) {
    close(fd);
  }
}

enum status
output_open(void)
{
  static const cookie_io_functions_t functions = { .write = write_all };
  signal(SIGPIPE, SIG_IGN); // the write that fails is told instead
  signal(SIGXFSZ, SIG_IGN);
  fill_gaps();
  file_fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  file = file_fd >= 0 ? fopencookie(NULL, "w", functions) : NULL;
  if (!file || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    log_error("stdout cannot be set up: %s", strerror(errno));
    return STATUS_INTERNAL;
  }
  return STATUS_OK;
}

FILE*
output(void)
{
  return file;
}

void
output_give_back(void)
{
  fflush(file);
  dup2(file_fd, STDOUT_FILENO);
  is_given_back = 1;
}

int
output_is_cut(void)
{
  struct pollfd p = { STDOUT_FILENO, POLLOUT, 0 };
  return is_given_back && poll(&p, 1, 0) == 1 && (p.revents & POLLERR);
}

enum status
output_close(enum status status)
{
  if (!file) {
    return status;
  }
  fclose(file);
  file = NULL;
  // Descriptor 1 may be the same file: only the last close tells of errors.
  dup2(STDERR_FILENO, STDOUT_FILENO);
  if (close(file_fd) && !first_errno) {
    first_errno = errno;
  }
  if (!first_errno) {
    return status;
  }
  if (first_errno != EPIPE) {
    log_error("stdout: %s", strerror(first_errno));
  }
  return status == STATUS_OK ? STATUS_BAD_OUTPUT : status;
}
