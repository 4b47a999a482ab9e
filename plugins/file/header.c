// SPDX-License-Identifier: ISC
#include "header.h"

#include <rill/format.h>

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

int
probe_read(const struct probe* probe, uint64_t at, void* out, size_t n_bytes)
{
  if (at > probe->n_bytes || probe->n_bytes - at < n_bytes) {
    return 0;
  }
  for (char* p = out; n_bytes;) {
    const ssize_t n = pread(probe->fd, p, n_bytes, (off_t)at);
    if (n == 0 || (n < 0 && errno != EINTR)) {
      return 0;
    }
    p += n > 0 ? n : 0;
    at += n > 0 ? (uint64_t)n : 0;
    n_bytes -= n > 0 ? (size_t)n : 0;
  }
  return 1;
}

static const struct {
  char magic[5];
  uint32_t min_bytes; // less cannot hold a header
  const char* name;
  int32_t (*check)(const struct probe*, struct header*, struct why*);
} kinds[] = {
  { "RIFF", 12, "RIFF", riff_check }, { "RF64", 12, "RF64", riff_check },
  { "BW64", 12, "BW64", riff_check }, { "FORM", 12, "AIFF", aiff_check },
  { "fLaC", 42, "FLAC", NULL },       { "OggS", 28, "Ogg", NULL },
  { "caff", 52, "CAF", NULL },        { "riff", 40, "W64", NULL },
};

int32_t
header_check(const struct probe* probe, struct header* out, struct why* why)
{
  char magic[4];
  memset(out, 0, sizeof *out);
  if (!probe->n_bytes) {
    return why_set(why, RILL_ERR_INPUT, "the file is empty (0 bytes)");
  }
  if (!probe_read(probe, 0, magic, sizeof magic)) {
    return why_set(why, RILL_ERR_INPUT,
                   "%" PRIu64 " bytes are too few for an audio file",
                   probe->n_bytes);
  }
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
    if (!memcmp(magic, kinds[i].magic, 4)) {
      return probe->n_bytes < kinds[i].min_bytes
               ? why_set(why, RILL_ERR_INPUT,
                         "%" PRIu64 " bytes are too few for the header of a "
                         "file of type %s",
                         probe->n_bytes, kinds[i].name)
             : kinds[i].check ? kinds[i].check(probe, out, why)
                              : RILL_OK;
    }
  }
  return RILL_OK;
}

int32_t
header_check_shape(uint32_t channels, uint32_t rate, struct why* why)
{
  if (!channels || channels > HEADER_MAX_CHANNELS) {
    return why_set(why, RILL_ERR_INPUT,
                   "the header says %" PRIu32 " channels, but 1 to %d are "
                   "possible: the file is damaged",
                   channels, HEADER_MAX_CHANNELS);
  }
  if (!rate || rate > HEADER_MAX_RATE) {
    return why_set(why, RILL_ERR_INPUT,
                   "the header says %" PRIu32 " Hz, but 1 to %d are possible: "
                   "the file is damaged",
                   rate, HEADER_MAX_RATE);
  }
  return RILL_OK;
}

uint64_t
header_default_layout(uint32_t channels)
{
  return channels == 1   ? RILL_CH_FC
         : channels == 2 ? RILL_CH_FL | RILL_CH_FR
                         : 0;
}

int32_t
header_set_data(const struct probe* probe,
                uint64_t claimed,
                uint64_t available,
                struct header* out,
                struct why* why)
{
  const uint64_t wanted = claimed / out->frame_bytes;
  const uint64_t there = available / out->frame_bytes;
  out->n_frames = there < wanted ? there : wanted;
  out->missing_frames = wanted - out->n_frames;
  if (out->missing_frames && !probe->accept_truncated) {
    return why_set(why, RILL_ERR_INPUT,
                   "the file is truncated: %" PRIu64 " of %" PRIu64
                   " frames are missing (accept_truncated: true reads what is "
                   "there)",
                   out->missing_frames, wanted);
  }
  if (out->missing_frames) {
    snprintf(out->note, sizeof out->note,
             "the file is truncated: %" PRIu64 " of %" PRIu64
             " frames are missing",
             out->missing_frames, wanted);
  } else if (claimed % out->frame_bytes) {
    snprintf(out->note, sizeof out->note,
             "the last %" PRIu64 " bytes are no whole frame and are ignored",
             claimed % out->frame_bytes);
  }
  return RILL_OK;
}

void
header_print_id(const uint8_t id[4], char out[5])
{
  for (int i = 0; i < 4; ++i) {
    out[i] = (char)(id[i] >= 32 && id[i] < 127 ? id[i] : '?');
  }
  out[4] = '\0';
}
