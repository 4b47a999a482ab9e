// SPDX-License-Identifier: ISC
#include "decoder.h"

#include "codec.h"
#include "layout.h"

#include <rill/format.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

// Own reading functions, so that an error keeps its errno.

static sf_count_t
get_length(void* arg)
{
  return (sf_count_t)((struct source*)arg)->probe.n_bytes;
}

static sf_count_t
seek(sf_count_t offset, int whence, void* arg)
{
  struct source* const s = arg;
  const sf_count_t from = whence == SEEK_CUR   ? s->offset
                          : whence == SEEK_END ? get_length(s)
                                               : 0;
  if (offset < -from) {
    return -1;
  }
  s->offset = from + offset;
  return s->offset;
}

static sf_count_t
read_bytes(void* out, sf_count_t n_bytes, void* arg)
{
  struct source* const s = arg;
  sf_count_t n = 0;
  while (n < n_bytes) {
    const ssize_t got = pread(s->probe.fd, (char*)out + n,
                              (size_t)(n_bytes - n), s->offset);
    if (got == 0 || (got < 0 && errno != EINTR)) {
      s->error = got ? errno : s->error;
      break;
    }
    n += got > 0 ? got : 0;
    s->offset += got > 0 ? got : 0;
  }
  return n;
}

static sf_count_t
write_nothing(const void* data, sf_count_t n_bytes, void* arg)
{
  (void)data;
  (void)n_bytes;
  (void)arg;
  return 0;
}

static sf_count_t
tell(void* arg)
{
  return ((struct source*)arg)->offset;
}

static int
has_16_bits(int subtype)
{
  return subtype == SF_FORMAT_PCM_16 || subtype == SF_FORMAT_PCM_S8 ||
         subtype == SF_FORMAT_PCM_U8;
}

static void
set_encoding(struct source* s, int format)
{
  const int subtype = format & SF_FORMAT_SUBMASK;
  const int is_short = has_16_bits(subtype);
  s->header.encoding = is_short ? RILL_ENC_S16 : RILL_ENC_F32;
  s->header.frame_bytes = s->header.channels * (is_short ? 2 : 4);
  s->is_float = subtype == SF_FORMAT_FLOAT || subtype == SF_FORMAT_DOUBLE;
  s->has_estimate = (format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG ||
                    subtype == SF_FORMAT_MPEG_LAYER_III;
}

int32_t
decoder_open(struct source* s, struct why* why)
{
  SF_VIRTUAL_IO io = { get_length, seek, read_bytes, write_nothing, tell };
  SF_INFO info = { 0 };
  int32_t st = codec_load(why);
  if (st) {
    return st;
  }
  s->decoder = codec.sf_open_virtual(&io, SFM_READ, &info, s);
  if (!s->decoder) {
    return s->error
             ? why_set(why, RILL_ERR_INPUT, "cannot be read: %s",
                       strerror(s->error))
             : why_set(why, RILL_ERR_INPUT,
                       "no audio file that can be read: %s (raw.read takes "
                       "samples without a header)",
                       codec.sf_strerror(NULL));
  }
  st = header_check_shape(info.channels > 0 ? (uint32_t)info.channels : 0,
                          info.samplerate > 0 ? (uint32_t)info.samplerate : 0,
                          why);
  if (st) {
    return st;
  }
  s->header.channels = (uint32_t)info.channels;
  s->header.rate = (uint32_t)info.samplerate;
  set_encoding(s, info.format);
  layout_find(s, info.format);
  s->n_frames = info.frames >= 0 && info.frames < SF_COUNT_MAX
                  ? info.frames
                  : SOURCE_UNKNOWN;
  return RILL_OK;
}

int64_t
decoder_read(struct source* s, void* out, int64_t n_frames)
{
  return s->header.encoding == RILL_ENC_S16
           ? codec.sf_readf_short(s->decoder, out, n_frames)
           : codec.sf_readf_float(s->decoder, out, n_frames);
}
