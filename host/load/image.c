// SPDX-License-Identifier: ISC
#include "load/image.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status
check_kind(const struct stat* st, struct reason* reason)
{
  if (S_ISDIR(st->st_mode)) {
    return reason_set(reason, STATUS_BAD_PLUGIN, "is a folder, not a plugin");
  }
  if (!S_ISREG(st->st_mode)) {
    return reason_set(reason, STATUS_BAD_PLUGIN, "is not a regular file");
  }
  if (!st->st_size) {
    return reason_set(reason, STATUS_BAD_PLUGIN, "is empty");
  }
  if (st->st_size > IMAGE_MAX_BYTES) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "is larger than %d MiB, the limit of a plugin file",
                      IMAGE_MAX_BYTES >> 20);
  }
  return STATUS_OK;
}

// A file that has become shorter gives fewer bytes: the check of the ELF
// headers refuses it like any other half file.
static enum status
read_bytes(int fd, size_t n_bytes, struct image* image, struct reason* reason)
{
  image->data = mem_resize(NULL, n_bytes, 1);
  if (!image->data) {
    return STATUS_NO_MEMORY;
  }
  while (image->n_bytes < n_bytes) {
    char* const to = (char*)image->data + image->n_bytes;
    const ssize_t n = read(fd, to, n_bytes - image->n_bytes);
    if (n < 0 && errno != EINTR) {
      return reason_set(reason, STATUS_BAD_PLUGIN, "cannot be read: %s",
                        strerror(errno));
    }
    if (!n) {
      break;
    }
    image->n_bytes += n > 0 ? (size_t)n : 0;
  }
  return STATUS_OK;
}

enum status
image_read(const char* path, struct image* out, struct reason* reason)
{
  struct image image = { 0 };
  struct stat st;
  // Not blocking: a FIFO must not hold the program until somebody writes.
  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat(fd, &st)) {
    const int e = errno;
    if (fd >= 0) {
      close(fd);
    }
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      e == ENOENT ? "does not exist" : "cannot be opened: %s",
                      strerror(e));
  }

  enum status status = check_kind(&st, reason);
  if (!status) {
    status = read_bytes(fd, (size_t)st.st_size, &image, reason);
  }
  close(fd);
  if (status) {
    image_fini(&image);
    return status;
  }
  sha256_hex(image.data, image.n_bytes, image.hash);
  *out = image;
  return STATUS_OK;
}

void
image_fini(struct image* image)
{
  mem_free(image->data);
  *image = (struct image){ 0 };
}
