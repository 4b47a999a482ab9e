// SPDX-License-Identifier: ISC
// AIFF 1.3 (1989) and AIFF-C (draft, 1991). The decoder reads the samples;
// here the header is compared with the file.
#include "header.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_CHUNKS = 4096 };

struct comm {
  int is_there;
  uint32_t channels;
  uint32_t n_frames;
  uint32_t bits;
  uint32_t rate;
  int is_plain; // a frame has a size
};

// An 80-bit extended number, as a whole number of Hz; 0 when it is none.
static uint32_t
read_rate(const uint8_t* p)
{
  const uint32_t exponent = read_u16be(p);
  const uint32_t mantissa = read_u32be(p + 2); // its upper half is plenty
  if (exponent < 16383 || exponent > 16383 + 31) {
    return 0;
  }
  return mantissa >> (31 - (exponent - 16383));
}

static int
is_plain_type(const uint8_t* type)
{
  static const char types[][5] = { "NONE", "sowt", "twos", "in24", "in32",
                                   "fl32", "fl64", "FL32", "FL64", "raw " };
  for (size_t i = 0; i < sizeof types / sizeof types[0]; ++i) {
    if (!memcmp(type, types[i], 4)) {
      return 1;
    }
  }
  return 0;
}

static int32_t
read_comm(const struct probe* probe,
          uint64_t at,
          uint32_t n_bytes,
          struct comm* comm,
          struct why* why)
{
  uint8_t body[22] = { 0 };
  const uint32_t n = n_bytes < 22 ? 18 : 22;
  if (comm->is_there) {
    return why_set(why, RILL_ERR_INPUT, "two 'COMM' chunks: the file is damaged");
  }
  if (n_bytes < 18 || !probe_read(probe, at, body, n)) {
    return why_set(why, RILL_ERR_INPUT, "the 'COMM' chunk is too short");
  }
  *comm = (struct comm){
    .is_there = 1,
    .channels = read_u16be(body),
    .n_frames = read_u32be(body + 2),
    .bits = read_u16be(body + 6),
    .rate = read_rate(body + 8),
    .is_plain = n == 18 || is_plain_type(body + 18),
  };
  if (comm->is_plain && (!comm->bits || comm->bits > 64)) {
    return why_set(why, RILL_ERR_INPUT,
                   "%" PRIu32 " bits a sample are not possible in an AIFF file",
                   comm->bits);
  }
  return header_check_shape(comm->channels, comm->rate, why);
}

static int32_t
check_samples(const struct probe* probe,
              const struct comm* comm,
              uint64_t at, // of the SSND content: offset, block size, samples
              struct header* out,
              struct why* why)
{
  uint8_t body[8];
  struct header plain = { .frame_bytes = comm->channels * ((comm->bits + 7) / 8) };
  if (!probe_read(probe, at, body, sizeof body)) {
    return why_set(why, RILL_ERR_INPUT, "the 'SSND' chunk is too short");
  }
  const uint64_t first = at + 8 + read_u32be(body);
  const uint64_t available = first < probe->n_bytes ? probe->n_bytes - first : 0;
  const int32_t st =
    header_set_data(probe, (uint64_t)comm->n_frames * plain.frame_bytes,
                    available, &plain, why);
  out->missing_frames = plain.missing_frames;
  memcpy(out->note, plain.note, sizeof out->note);
  return st;
}

static int32_t
finish(const struct probe* probe,
       const struct comm* comm,
       uint64_t samples_at,
       struct header* out,
       struct why* why)
{
  if (!comm->is_there) {
    return why_set(why, RILL_ERR_INPUT, "there is no 'COMM' chunk");
  }
  if (!samples_at && comm->n_frames) {
    return why_set(why, RILL_ERR_INPUT,
                   "the file ends before its samples: there is no 'SSND' "
                   "chunk");
  }
  out->channels = comm->channels;
  out->rate = comm->rate;
  return comm->is_plain && samples_at
           ? check_samples(probe, comm, samples_at, out, why)
           : RILL_OK;
}

int32_t
aiff_check(const struct probe* probe, struct header* out, struct why* why)
{
  uint8_t head[12] = { 0 };
  struct comm comm = { 0 };
  uint64_t samples_at = 0;
  uint64_t at = sizeof head;

  if (!probe_read(probe, 0, head, sizeof head) ||
      (memcmp(head + 8, "AIFF", 4) && memcmp(head + 8, "AIFC", 4))) {
    char id[5];
    header_print_id(head + 8, id);
    return why_set(why, RILL_ERR_INPUT,
                   "a FORM file that holds '%s', not AIFF audio", id);
  }
  for (int i = 0; i < MAX_CHUNKS && probe_read(probe, at, head, 8); ++i) {
    const uint32_t n_bytes = read_u32be(head + 4);
    if (!memcmp(head, "SSND", 4) && !samples_at) {
      samples_at = at + 8;
    } else if (!memcmp(head, "COMM", 4)) {
      const int32_t st = read_comm(probe, at + 8, n_bytes, &comm, why);
      if (st) {
        return st;
      }
    }
    if (samples_at && comm.is_there) {
      break;
    }
    at += 8 + (uint64_t)n_bytes + (n_bytes & 1); // past the end: the loop ends
  }
  return finish(probe, &comm, samples_at, out, why);
}
