// SPDX-License-Identifier: ISC
#include "source.h"

#include "codec.h"
#include "decoder.h"

#include <rill/format.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// One read call: large enough that the call costs nothing, small enough that
// the bytes are still in the second cache when they are spread to planes.
enum { CHUNK_BYTES = 1 << 16 };

static int32_t
open_file(struct source* s, const char* path, struct why* why)
{
  struct stat st;
  // Without O_NONBLOCK a FIFO would hold us here.
  s->probe.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (s->probe.fd < 0) {
    return why_set(why, RILL_ERR_INPUT, "cannot be opened: %s",
                   strerror(errno));
  }
  if (fstat(s->probe.fd, &st)) {
    return why_set(why, RILL_ERR_INPUT, "cannot be read: %s", strerror(errno));
  }
  if (!S_ISREG(st.st_mode)) {
    return why_set(why, RILL_ERR_INPUT,
                   "this is %s, not a file%s",
                   S_ISDIR(st.st_mode)    ? "a folder"
                   : S_ISFIFO(st.st_mode) ? "a FIFO"
                                          : "a device",
                   S_ISDIR(st.st_mode) ? "" : ": raw.read can read it");
  }
  s->probe.n_bytes = (uint64_t)st.st_size;
  posix_fadvise(s->probe.fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return RILL_OK;
}

static int32_t
open_samples(struct source* s, struct why* why)
{
  if (!s->header.encoding) {
    return decoder_open(s, why);
  }
  s->n_frames = (int64_t)s->header.n_frames;
  s->is_float = s->header.encoding == RILL_ENC_F32 ||
                s->header.encoding == RILL_ENC_F64;
  return RILL_OK;
}

int32_t
source_open(struct source* s,
            const char* path,
            int accept_truncated,
            struct why* why)
{
  memset(s, 0, sizeof *s);
  s->is_open = 1;
  s->probe.accept_truncated = accept_truncated;

  int32_t st = open_file(s, path, why);
  st = st ? st : header_check(&s->probe, &s->header, why);
  st = st ? st : open_samples(s, why);
  if (!st && !(s->chunk = aligned_alloc(4096, CHUNK_BYTES))) {
    st = why_set(why, RILL_ERR_NO_MEMORY, "out of memory");
  }
  if (st) {
    source_close(s);
    return st;
  }
  s->end = s->n_frames == SOURCE_UNKNOWN ? INT64_MAX : s->n_frames;
  return RILL_OK;
}

int32_t
source_set_range(struct source* s, double start, double length, struct why* why)
{
  const int64_t first = llround(start * s->header.rate);
  const int64_t n = llround(length * s->header.rate);
  if (s->n_frames != SOURCE_UNKNOWN && first && first >= s->n_frames) {
    return why_set(why, RILL_ERR_INPUT,
                   "start is at frame %" PRId64 ", but the file has %" PRId64
                   " frames at %" PRIu32 " Hz",
                   first, s->n_frames, s->header.rate);
  }
  if (s->decoder && first && codec.sf_seek(s->decoder, first, SEEK_SET) != first) {
    return why_set(why, RILL_ERR_INPUT,
                   "cannot go to frame %" PRId64 " of this file", first);
  }
  s->next = first;
  if (length > 0.0 && n < s->end - first) {
    s->end = first + n;
  }
  return RILL_OK;
}

static int64_t
read_plain(struct source* s, int64_t n_frames)
{
  const uint64_t wanted = (uint64_t)n_frames * s->header.frame_bytes;
  const uint64_t at =
    s->header.data_at + (uint64_t)s->next * s->header.frame_bytes;
  uint64_t n = 0;
  while (n < wanted) {
    const ssize_t got =
      pread(s->probe.fd, s->chunk + n, wanted - n, (off_t)(at + n));
    if (got == 0 || (got < 0 && errno != EINTR)) {
      s->error = got ? errno : 0;
      break;
    }
    n += got > 0 ? (uint64_t)got : 0;
  }
  return (int64_t)(n / s->header.frame_bytes);
}

// Fewer frames than there should be.
static int32_t
end_early(struct source* s, struct why* why)
{
  if (s->error) {
    return why_set(why, RILL_ERR_INPUT, "cannot be read at frame %" PRId64
                   ": %s", s->next, strerror(s->error));
  }
  if (s->decoder && codec.sf_error(s->decoder) && !s->probe.accept_truncated) {
    return why_set(why, RILL_ERR_INPUT,
                   "the decoder gave up at frame %" PRId64 ": %s", s->next,
                   codec.sf_strerror(s->decoder));
  }
  if (s->end == INT64_MAX) {
    return RILL_DRAINED;
  }
  if (!s->probe.accept_truncated && !s->has_estimate) {
    return why_set(why, RILL_ERR_INPUT,
                   "the file is truncated: it ends at frame %" PRId64
                   ", but should have %" PRId64
                   " (accept_truncated: true reads what is there)",
                   s->next, s->n_frames);
  }
  snprintf(s->header.note, sizeof s->header.note,
           "the file ends at frame %" PRId64 ", but should have %" PRId64,
           s->next, s->n_frames);
  s->end = s->next;
  return RILL_DRAINED;
}

int32_t
source_fill(struct source* s, struct why* why)
{
  const int64_t most = CHUNK_BYTES / s->header.frame_bytes;
  const int64_t left = s->end - s->next;
  if (source_n_available(s)) {
    return RILL_OK;
  }
  s->n_chunk = 0;
  s->used = 0;
  if (left <= 0) {
    return RILL_DRAINED;
  }
  const int64_t wanted = left < most ? left : most;
  const int64_t n = s->decoder ? decoder_read(s, s->chunk, wanted)
                               : read_plain(s, wanted);
  if (n <= 0) {
    return end_early(s, why);
  }
  s->n_chunk = (uint32_t)n;
  s->next += n;
  return RILL_OK;
}

void
source_close(struct source* s)
{
  if (!s->is_open) {
    return;
  }
  if (s->decoder) {
    codec.sf_close(s->decoder);
  }
  if (s->probe.fd >= 0) {
    close(s->probe.fd);
  }
  free(s->chunk);
  memset(s, 0, sizeof *s);
}
