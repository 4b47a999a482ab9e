// SPDX-License-Identifier: ISC
#include "encoder.h"

#include "codec.h"
#include "ogg_serial.h"

#include <rill/helpers.h>

static sf_count_t
get_length(void* arg)
{
  struct stat st;
  return fstat(((struct sink*)arg)->file.fd, &st) ? -1 : st.st_size;
}

static sf_count_t
seek(sf_count_t offset, int whence, void* arg)
{
  return lseek(((struct sink*)arg)->file.fd, offset, whence);
}

static sf_count_t
read_bytes(void* out, sf_count_t n_bytes, void* arg)
{
  return read(((struct sink*)arg)->file.fd, out, (size_t)n_bytes);
}

static sf_count_t
write_bytes(const void* data, sf_count_t n_bytes, void* arg)
{
  struct sink* const s = arg;
  if (rill_atomic_write(&s->file, data, (size_t)n_bytes)) {
    s->has_failed = 1;
    return 0;
  }
  return n_bytes;
}

static sf_count_t
tell(void* arg)
{
  return lseek(((struct sink*)arg)->file.fd, 0, SEEK_CUR);
}

// The narrowest of the three words of libsndfile that loses nothing.
static void
choose_words(struct sink* s)
{
  const uint32_t encoding = s->setup->encoding;
  const int is_float = !encoding || encoding == RILL_ENC_F32 ||
                       encoding == RILL_ENC_F64;
  s->words.bits = is_float ? 32 : 8 * rill_sample_bytes(encoding);
  s->words.encoding = is_float               ? RILL_ENC_F32
                      : s->words.bits <= 16 ? RILL_ENC_S16
                                             : RILL_ENC_S32;
}

static int32_t
fail(struct sink* s, const char* what, struct why* why)
{
  return s->has_failed
           ? why_set(why, RILL_ERR_OUTPUT, "%s", s->file.why)
           : why_set(why, RILL_ERR_OUTPUT, "%s: %s: %s", s->file.path, what,
                     codec.sf_strerror(s->encoder));
}

static void
set_options(struct sink* s)
{
  double level = 1.0 - s->setup->quality;
  // No peak chunk: it holds the time of day.
  codec.sf_command(s->encoder, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE);
  if (s->setup->container->flags & CONTAINER_LOSSY) {
    codec.sf_command(s->encoder, SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
  }
}

int32_t
encoder_open(struct sink* s, struct why* why)
{
  const struct sink_setup* const setup = s->setup;
  SF_VIRTUAL_IO io = { get_length, seek, read_bytes, write_bytes, tell };
  SF_INFO info = {
    .samplerate = (int)setup->in.rate,
    .channels = (int)setup->in.channels,
    .format = container_sf_format(setup->container, setup->encoding),
  };
  const int32_t st = codec_load(why);
  if (st) {
    return st;
  }
  choose_words(s);
  s->encoder = codec.sf_open_virtual(&io, SFM_WRITE, &info, s);
  if (!s->encoder) {
    return fail(s, "cannot start the file", why);
  }
  set_options(s);
  return RILL_OK;
}

int32_t
encoder_write(struct sink* s,
              const void* words,
              uint32_t n_frames,
              struct why* why)
{
  const sf_count_t n =
    s->words.encoding == RILL_ENC_S16 ? codec.sf_writef_short(s->encoder, words, n_frames)
    : s->words.encoding == RILL_ENC_S32
      ? codec.sf_writef_int(s->encoder, words, n_frames)
      : codec.sf_writef_float(s->encoder, words, n_frames);
  return n == n_frames && !s->has_failed ? RILL_OK
                                         : fail(s, "cannot be written", why);
}

// Encoders that have seen no frame write no header, or not all of it. An Opus
// stream cannot be without a frame: it gets one of silence.
static void
begin_empty(struct sink* s)
{
  const struct container* const c = s->setup->container;
  const float silence[2] = { 0.0f, 0.0f };
  if (c->sf_format == (SF_FORMAT_OGG | SF_FORMAT_OPUS)) {
    codec.sf_writef_float(s->encoder, silence, 1);
  } else if (c->sf_format != (SF_FORMAT_OGG | SF_FORMAT_VORBIS)) {
    codec.sf_command(s->encoder, SFC_UPDATE_HEADER_NOW, NULL, 0);
  }
}

int32_t
encoder_close(struct sink* s, struct why* why)
{
  const int is_ogg = (s->setup->container->sf_format & SF_FORMAT_TYPEMASK) ==
                     SF_FORMAT_OGG;
  if (!s->n_frames) {
    begin_empty(s);
  }
  const int error = codec.sf_close(s->encoder);
  s->encoder = NULL;
  if (error || s->has_failed) {
    return s->has_failed ? fail(s, "", why)
                         : why_set(why, RILL_ERR_OUTPUT,
                                   "%s: cannot finish the file: %s",
                                   s->file.path, codec.sf_error_number(error));
  }
  if (is_ogg && ogg_set_serial(&s->file, (uint32_t)s->setup->seed)) {
    return why_set(why, RILL_ERR_OUTPUT, "%s", s->file.why);
  }
  return RILL_OK;
}
