// SPDX-License-Identifier: ISC
// raw.read: bytes straight into the buffers of a link.
#include "read.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <rill/rill.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_FRAME_BYTES = 1024 * 8, TEXT_BYTES = 1024 };

struct raw_read {
  struct rill_node node;
  char* path;
  uint32_t frame_bytes;
  uint64_t limit; // frames; UINT64_MAX: none
  int accept_truncated;
  int fd; // -1: not yet
  int is_file;
  uint64_t n_frames; // so far
  uint32_t n_rest;   // bytes of a frame that has not come whole
  uint8_t rest[MAX_FRAME_BYTES];
};

static int32_t
fail(const struct raw_read* self, const char* what, const char* why)
{
  char text[TEXT_BYTES];
  snprintf(text, sizeof text, "%s: %s%s", self->path, what, why);
  return rill_fail(&self->node, RILL_ERR_INPUT, text);
}

static struct rill_format
format_of(const struct rill_value* p)
{
  const uint32_t channels = (uint32_t)p[READ_CHANNELS].i;
  return (struct rill_format){
    .kind = RILL_KIND_AUDIO,
    .encoding = (uint32_t)p[READ_ENCODING].i + 1,
    .rate = (uint32_t)p[READ_RATE].i,
    .rate_den = 1,
    .channels = channels,
    .packing = RILL_INTERLEAVED,
    .layout = channels == 1   ? RILL_CH_FC
              : channels == 2 ? RILL_CH_FL | RILL_CH_FR
                              : 0,
  };
}

static uint64_t
limit_of(const struct rill_value* p)
{
  const double n = p[READ_LENGTH].f * (double)p[READ_RATE].i;
  return n > 0.0 ? (uint64_t)llround(n) : UINT64_MAX;
}

int32_t
read_derive(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  char text[TEXT_BYTES];
  struct stat st;
  const struct rill_format f = format_of(d->params);
  const char* const path = d->params[READ_PATH].text;
  const uint64_t limit = limit_of(d->params);
  const int is_stdin = !strcmp(path, "-");

  if (!is_stdin && stat(path, &st)) {
    snprintf(text, sizeof text, "%s: cannot be opened: %s", path,
             strerror(errno));
    host->set_error(host, RILL_ERR_INPUT, text);
    return RILL_ERR_INPUT;
  }
  d->out[0]->format = f;
  d->n_frames = limit == UINT64_MAX ? 0 : limit;
  if (!is_stdin && S_ISREG(st.st_mode)) {
    const uint64_t n = (uint64_t)st.st_size /
                       (f.channels * rill_sample_bytes(f.encoding));
    d->n_frames = n < limit ? n : limit;
  }
  return RILL_OK;
}

static int32_t
check_kind(struct raw_read* self)
{
  struct stat st;
  if (fstat(self->fd, &st)) {
    return fail(self, "cannot be read: ", strerror(errno));
  }
  if (S_ISDIR(st.st_mode)) {
    return fail(self, "this is a folder, not a file", "");
  }
  if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode) &&
      !S_ISSOCK(st.st_mode) && strcmp(self->path, "-") &&
      self->limit == UINT64_MAX) {
    return fail(self, "a device has no end: set length", "");
  }
  self->is_file = S_ISREG(st.st_mode);
  return RILL_OK;
}

// A FIFO holds us here until somebody writes to it; a signal sets us free.
static int32_t
open_input(struct raw_read* self)
{
  self->fd = strcmp(self->path, "-")
               ? open(self->path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
               : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  if (self->fd < 0) {
    return errno == EINTR
             ? RILL_OK
             : fail(self, "cannot be opened: ", strerror(errno));
  }
  return check_kind(self);
}

static int32_t
finish(struct raw_read* self)
{
  char text[96];
  if (!self->n_rest) {
    return RILL_DRAINED;
  }
  snprintf(text, sizeof text,
           "the last %" PRIu32 " bytes are no whole frame of %" PRIu32,
           self->n_rest, self->frame_bytes);
  if (!self->accept_truncated) {
    return fail(self, text, " (accept_truncated: true ignores them)");
  }
  self->node.host->log(self->node.host, RILL_LOG_WARNING, text);
  self->n_rest = 0;
  return RILL_DRAINED;
}

// A file fills the buffer; from a FIFO what has come is passed on at once, if
// only it is a whole frame. Gives bytes, 0 at the end, -1 with errno.
static ssize_t
read_some(struct raw_read* self, uint8_t* out, uint64_t n_bytes)
{
  uint64_t n = 0;
  while (n < n_bytes) {
    const ssize_t got = read(self->fd, out + n, n_bytes - n);
    if (got <= 0) {
      return n ? (ssize_t)n : got;
    }
    n += (uint64_t)got;
    if (!self->is_file && n + self->n_rest >= self->frame_bytes) {
      break;
    }
  }
  return (ssize_t)n;
}

static int32_t
read_frames(struct raw_read* self, struct rill_buffer* out, uint32_t n_frames)
{
  uint8_t* const data = out->planes[0].data;
  const uint64_t left = self->limit - self->n_frames;
  const uint64_t n_wanted = left < n_frames ? left : n_frames;
  if (!n_wanted) {
    self->n_rest = 0; // behind the limit nothing counts
    return finish(self);
  }
  memcpy(data, self->rest, self->n_rest);
  const ssize_t got = read_some(self, data + self->n_rest,
                                n_wanted * self->frame_bytes - self->n_rest);
  if (got < 0) {
    return errno == EINTR ? RILL_OK
                          : fail(self, "cannot be read: ", strerror(errno));
  }
  if (!got) {
    return finish(self);
  }
  const uint64_t n_bytes = self->n_rest + (uint64_t)got;
  out->n_frames = (uint32_t)(n_bytes / self->frame_bytes);
  self->n_rest = (uint32_t)(n_bytes % self->frame_bytes);
  memcpy(self->rest, data + n_bytes - self->n_rest, self->n_rest);
  self->n_frames += out->n_frames;
  return RILL_OK;
}

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  struct raw_read* const self = (struct raw_read*)node;
  struct rill_buffer* const out = block->out[0]->buffer;
  if (!out) {
    return RILL_DRAINED; // nobody wants it
  }
  out->n_frames = 0;
  if (self->fd < 0) {
    const int32_t st = open_input(self);
    if (st || self->fd < 0) {
      return st;
    }
  }
  return block->n_frames ? read_frames(self, out, block->n_frames) : RILL_OK;
}

static int32_t
reset(struct rill_node* node)
{
  struct raw_read* const self = (struct raw_read*)node;
  if (self->fd >= 0) {
    close(self->fd);
  }
  self->fd = -1;
  self->n_frames = 0;
  self->n_rest = 0;
  return RILL_OK;
}

static void
destroy(struct rill_node* node)
{
  struct raw_read* const self = (struct raw_read*)node;
  reset(node);
  free(self->path);
  free(self);
}

static const struct rill_node_ops ops = {
  .size = sizeof ops,
  .process = process,
  .reset = reset,
  .deactivate = reset,
  .destroy = destroy,
};

int32_t
read_create(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            const struct rill_setup* setup,
            struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const struct rill_value* const p = setup->params;
  const struct rill_format f = format_of(p);
  struct rill_node* node = NULL;
  const int32_t st =
    rill_new_node(sizeof(struct raw_read), &ops, host, &node);
  if (st) {
    return st;
  }
  struct raw_read* const self = (struct raw_read*)node;
  self->fd = -1;
  self->frame_bytes = f.channels * rill_sample_bytes(f.encoding);
  self->limit = limit_of(p);
  self->accept_truncated = p[READ_TRUNCATED].i != 0;
  if (!(self->path = strdup(p[READ_PATH].text))) {
    destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}
