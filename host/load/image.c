// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/image.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
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
image_open(const char* path, int* out, size_t* n_bytes, struct reason* reason)
{
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
  const enum status status = check_kind(&st, reason);
  if (status) {
    close(fd);
    return status;
  }
  *out = fd;
  *n_bytes = (size_t)st.st_size;
  return STATUS_OK;
}

enum status
image_map(int fd, size_t n_bytes, struct image* out, struct reason* reason)
{
  void* const data = mmap(NULL, n_bytes ? n_bytes : 1, PROT_READ,
                          MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (data == MAP_FAILED) {
    return reason_set(reason, STATUS_BAD_PLUGIN, "cannot be mapped: %s",
                      strerror(errno));
  }
  *out = (struct image){ .data = data, .n_bytes = n_bytes, .is_mapped = 1 };
  sha256_hex(data, n_bytes, out->hash);
  return STATUS_OK;
}

enum status
image_read(const char* path, struct image* out, struct reason* reason)
{
  struct image image = { 0 };
  size_t n_bytes = 0;
  int fd = -1;
  enum status st = image_open(path, &fd, &n_bytes, reason);
  if (st) {
    return st;
  }
  st = read_bytes(fd, n_bytes, &image, reason);
  close(fd);
  if (st) {
    image_fini(&image);
    return st;
  }
  sha256_hex(image.data, image.n_bytes, image.hash);
  *out = image;
  return STATUS_OK;
}

void
image_fini(struct image* image)
{
  if (image->is_mapped) {
    munmap(image->data, image->n_bytes ? image->n_bytes : 1);
  } else {
    mem_free(image->data);
  }
  *image = (struct image){ 0 };
}
