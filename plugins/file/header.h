// SPDX-License-Identifier: ISC
// What the header of an audio file says, checked before any decoder sees the
// file: no number of it is believed that the file itself does not bear out.
#ifndef FILE_HEADER_H
#define FILE_HEADER_H

#include "why.h"

#include <stddef.h>
#include <stdint.h>

enum { HEADER_MAX_CHANNELS = 1024, HEADER_MAX_RATE = 768000 };

/// Bytes of a regular file.
struct probe {
  int fd;
  uint64_t n_bytes;      // of the file, when it was opened
  int accept_truncated;  // missing frames are a note, not an error
};

struct header {
  uint32_t rate; // 0: nothing is known, the decoder shall say
  uint32_t channels;
  uint64_t layout;
  uint32_t encoding; // of plain samples at data_at; NONE: needs the decoder
  uint32_t frame_bytes;
  uint64_t data_at;
  uint64_t n_frames;       // that are there; with an encoding
  uint64_t missing_frames; // that are not, though the header says so
  char note[256];          // what is odd, but was read all the same; or empty
};

/// All of *n_bytes* at *at*, or 0: not that many, or they cannot be read.
int
probe_read(const struct probe* probe, uint64_t at, void* out, size_t n_bytes);

/// Looks at the first bytes and asks the right one of those below. Formats
/// without a check of their own give a zeroed header.
int32_t
header_check(const struct probe* probe, struct header* out, struct why* why);

/// RIFF WAVE, RF64 and BW64.
int32_t
riff_check(const struct probe* probe, struct header* out, struct why* why);

/// AIFF and AIFF-C.
int32_t
aiff_check(const struct probe* probe, struct header* out, struct why* why);

/// Number of channels and rate are within the caps.
int32_t
header_check_shape(uint32_t channels, uint32_t rate, struct why* why);

/// Mono is the centre, stereo left and right, more is not known.
uint64_t
header_default_layout(uint32_t channels);

/// Compares *claimed* bytes of plain samples with *available* ones: fills the
/// counts of *out*, the note, or the reason.
int32_t
header_set_data(const struct probe* probe,
                uint64_t claimed,
                uint64_t available,
                struct header* out,
                struct why* why);

/// A chunk's name for messages: four printable characters.
void
header_print_id(const uint8_t id[4], char out[5]);

static inline uint32_t
read_u16le(const uint8_t* p)
{
  return p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t
read_u32le(const uint8_t* p)
{
  return read_u16le(p) | read_u16le(p + 2) << 16;
}

static inline uint64_t
read_u64le(const uint8_t* p)
{
  return read_u32le(p) | (uint64_t)read_u32le(p + 4) << 32;
}

static inline uint32_t
read_u16be(const uint8_t* p)
{
  return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t
read_u32be(const uint8_t* p)
{
  return read_u16be(p) << 16 | read_u16be(p + 2);
}

#endif
