// SPDX-License-Identifier: ISC
// RIFF WAVE by the Multimedia Programming Interface 1.0 (1991) and the
// WAVEFORMATEXTENSIBLE note; RF64 and BW64 by ITU-R BS.2088.
#include "header.h"

#include <rill/format.h>

#include <inttypes.h>
#include <string.h>

enum {
  MAX_CHUNKS = 4096, // before the samples; real files have a handful
  TAG_PCM = 1,
  TAG_FLOAT = 3,
  TAG_EXTENSIBLE = 0xfffe
};

struct chunk {
  uint8_t id[4];
  uint64_t at; // of its first byte of content
  uint64_t n_bytes;
};

struct fmt {
  uint32_t tag;
  uint32_t channels;
  uint32_t rate;
  uint32_t frame_bytes;
  uint32_t bits;
  uint64_t mask;
};

struct riff {
  const struct probe* probe;
  uint64_t n_bytes; // the size that the header says, this included
  uint64_t data64;  // RF64: what a data size of all ones stands for
  int is_64;
  int has_fmt;
  struct fmt fmt;
};

// What programs that cannot seek back write when they do not know the size.
static const uint32_t stream_sizes[] = {
  0xffffffff, 0xfffffffe, 0xfffff000, 0xffffffff - 36, 0xffffffff - 44,
  0x80000000, 0x7fffffff, 0x7ffff000, 0x7fffffff - 36, 0x7fffffff - 44,
};

static int
is_stream_size(uint64_t size, uint32_t frame_bytes)
{
  for (size_t i = 0; i < sizeof stream_sizes / sizeof stream_sizes[0]; ++i) {
    const uint32_t s = stream_sizes[i];
    if (size == s || size == s - s % frame_bytes) {
      return 1;
    }
  }
  return 0;
}

static int
is_id(const struct chunk* c, const char* id)
{
  return !memcmp(c->id, id, 4);
}

static int
read_chunk(const struct riff* r, uint64_t at, struct chunk* out)
{
  uint8_t head[8];
  if (!probe_read(r->probe, at, head, sizeof head)) {
    return 0;
  }
  memcpy(out->id, head, 4);
  out->at = at + 8;
  out->n_bytes = read_u32le(head + 4);
  return 1;
}

static int32_t
begin(struct riff* r, uint64_t* at, struct why* why)
{
  uint8_t head[12];
  if (!probe_read(r->probe, 0, head, sizeof head)) {
    return why_set(why, RILL_ERR_INPUT, "the file cannot be read");
  }
  if (memcmp(head + 8, "WAVE", 4)) {
    char id[5];
    header_print_id(head + 8, id);
    return why_set(why, RILL_ERR_INPUT,
                   "a RIFF file that holds '%s', not WAVE audio", id);
  }
  r->is_64 = memcmp(head, "RIFF", 4) != 0;
  r->n_bytes = 8 + (uint64_t)read_u32le(head + 4);
  *at = sizeof head;
  return RILL_OK;
}

static int32_t
read_ds64(struct riff* r, const struct chunk* c, struct why* why)
{
  uint8_t body[16];
  if (c->n_bytes < 24 || !probe_read(r->probe, c->at, body, sizeof body)) {
    return why_set(why, RILL_ERR_INPUT, "the 'ds64' chunk is too short");
  }
  r->n_bytes = 8 + read_u64le(body);
  r->data64 = read_u64le(body + 8);
  if (r->data64 > INT64_MAX) {
    return why_set(why, RILL_ERR_INPUT,
                   "the 'ds64' chunk claims %" PRIu64 " bytes of samples",
                   r->data64);
  }
  return RILL_OK;
}

// The tag and the mask of an extensible format; those of a GUID that is not
// made from a tag are left for the decoder.
static void
read_extension(const uint8_t* body, uint32_t n_bytes, struct fmt* f)
{
  static const uint8_t tail[14] = { 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0,
                                    0x38, 0x9b, 0x71 };
  if (f->tag == TAG_EXTENSIBLE && n_bytes >= 40) {
    f->mask = read_u32le(body + 20);
    if (!memcmp(body + 26, tail, sizeof tail)) {
      f->tag = read_u16le(body + 24);
    }
  }
}

static int32_t
read_fmt(struct riff* r, const struct chunk* c, struct why* why)
{
  uint8_t body[40];
  const uint32_t n = c->n_bytes < 40 ? (uint32_t)c->n_bytes : 40;
  if (r->has_fmt) {
    return why_set(why, RILL_ERR_INPUT,
                   "two 'fmt ' chunks: the file is damaged");
  }
  if (n < 16 || !probe_read(r->probe, c->at, body, n)) {
    return why_set(why, RILL_ERR_INPUT,
                   "the 'fmt ' chunk has %" PRIu32 " bytes, but 16 are needed",
                   n);
  }
  r->has_fmt = 1;
  r->fmt = (struct fmt){
    .tag = read_u16le(body),
    .channels = read_u16le(body + 2),
    .rate = read_u32le(body + 4),
    .frame_bytes = read_u16le(body + 12),
    .bits = read_u16le(body + 14),
  };
  read_extension(body, n, &r->fmt);
  return header_check_shape(r->fmt.channels, r->fmt.rate, why);
}

static const struct {
  uint32_t tag;
  uint32_t bits;
  uint32_t encoding;
} plain[] = {
  { TAG_PCM, 8, RILL_ENC_U8 },     { TAG_PCM, 16, RILL_ENC_S16 },
  { TAG_PCM, 24, RILL_ENC_S24 },   { TAG_PCM, 32, RILL_ENC_S32 },
  { TAG_FLOAT, 32, RILL_ENC_F32 }, { TAG_FLOAT, 64, RILL_ENC_F64 },
};

static int32_t
set_encoding(const struct fmt* f, struct header* out, struct why* why)
{
  if (f->tag != TAG_PCM && f->tag != TAG_FLOAT) {
    return RILL_OK; // compressed: the decoder knows more
  }
  for (size_t i = 0; i < sizeof plain / sizeof plain[0]; ++i) {
    if (plain[i].tag == f->tag && plain[i].bits == f->bits) {
      out->encoding = plain[i].encoding;
      out->frame_bytes = f->channels * f->bits / 8;
    }
  }
  if (!out->encoding) {
    return why_set(why, RILL_ERR_INPUT,
                   "%" PRIu32 " bits a sample are not possible in a WAVE file "
                   "with %s samples",
                   f->bits, f->tag == TAG_PCM ? "integer" : "float");
  }
  if (out->frame_bytes != f->frame_bytes) {
    return why_set(why, RILL_ERR_INPUT,
                   "the header says %" PRIu32 " bytes a frame, but %" PRIu32
                   " channels of %" PRIu32 " bits are %" PRIu32
                   ": the file is damaged",
                   f->frame_bytes, f->channels, f->bits, out->frame_bytes);
  }
  return RILL_OK;
}

static int32_t
set_format(const struct riff* r, struct header* out, struct why* why)
{
  const struct fmt* const f = &r->fmt;
  out->channels = f->channels;
  out->rate = f->rate;
  out->layout = (uint32_t)__builtin_popcountll(f->mask) == f->channels
                  ? f->mask
                  : header_default_layout(f->channels);
  return set_encoding(f, out, why);
}

static int
is_chunk(const struct riff* r, uint64_t at)
{
  struct chunk c;
  return read_chunk(r, at, &c) && c.at + c.n_bytes <= r->probe->n_bytes + 1;
}

// Bytes behind the samples that are no chunk: more samples, perhaps. The pad
// byte after an odd number may be missing.
static void
note_rest(const struct riff* r, uint64_t at, struct header* out)
{
  const uint64_t padded = at + (at & 1);
  if (!out->note[0] && padded < r->probe->n_bytes &&
      r->probe->n_bytes - padded >= out->frame_bytes && !is_chunk(r, padded) &&
      !is_chunk(r, at)) {
    snprintf(out->note, sizeof out->note,
             "%" PRIu64 " bytes after the samples belong to no chunk and are "
             "ignored",
             r->probe->n_bytes - padded);
  }
}

static int32_t
set_data(const struct riff* r,
         const struct chunk* c,
         struct header* out,
         struct why* why)
{
  const uint64_t available = r->probe->n_bytes - c->at;
  const int in_ds64 = r->is_64 && c->n_bytes == 0xffffffff;
  const uint64_t claimed = in_ds64 ? r->data64 : c->n_bytes;
  const int is_stream = claimed
                          ? !in_ds64 && claimed > available &&
                              is_stream_size(claimed, out->frame_bytes)
                          : available && r->n_bytes < r->probe->n_bytes;
  if (!is_stream) {
    const int32_t st = header_set_data(r->probe, claimed, available, out, why);
    if (!st) {
      note_rest(r, c->at + claimed, out);
    }
    return st;
  }
  out->n_frames = available / out->frame_bytes;
  snprintf(out->note, sizeof out->note,
           "the header does not know the size (it was written as a stream): "
           "%" PRIu64 " frames up to the end of the file are read",
           out->n_frames);
  return RILL_OK;
}

// A decoder finds the frames itself; all that can be said is how many bytes
// there should be.
static int32_t
check_coded(const struct riff* r,
            const struct chunk* c,
            struct header* out,
            struct why* why)
{
  const uint64_t available = r->probe->n_bytes - c->at;
  if (c->n_bytes <= available || r->is_64 || is_stream_size(c->n_bytes, 1)) {
    return RILL_OK;
  }
  if (!r->probe->accept_truncated) {
    return why_set(why, RILL_ERR_INPUT,
                   "the file is truncated: %" PRIu64 " of %" PRIu64
                   " bytes are missing (accept_truncated: true reads what is "
                   "there)",
                   c->n_bytes - available, c->n_bytes);
  }
  snprintf(out->note, sizeof out->note,
           "the file is truncated: %" PRIu64 " bytes are missing",
           c->n_bytes - available);
  return RILL_OK;
}

static int32_t
end(const struct riff* r,
    const struct chunk* c,
    struct header* out,
    struct why* why)
{
  if (!r->has_fmt) {
    return why_set(why, RILL_ERR_INPUT,
                   "the 'data' chunk comes before any 'fmt ' chunk: the file "
                   "is damaged");
  }
  const int32_t st = set_format(r, out, why);
  if (st) {
    return st;
  }
  out->data_at = c->at;
  return out->encoding ? set_data(r, c, out, why)
                       : check_coded(r, c, out, why);
}

// Old programs forgot the pad byte after a chunk of odd size.
static uint64_t
chunk_end(const struct riff* r, const struct chunk* c)
{
  struct chunk next;
  const uint64_t at = c->at + c->n_bytes;
  if (at & 1 && read_chunk(r, at, &next) &&
      (is_id(&next, "data") || is_id(&next, "fmt "))) {
    return at;
  }
  return at + (at & 1);
}

static int32_t
take_chunk(struct riff* r, const struct chunk* c, struct why* why)
{
  if (c->n_bytes > r->probe->n_bytes - c->at) {
    char id[5];
    header_print_id(c->id, id);
    return why_set(why, RILL_ERR_INPUT,
                   "the chunk '%s' at byte %" PRIu64 " claims %" PRIu64
                   " bytes, but the file has %" PRIu64 " more",
                   id, c->at - 8, c->n_bytes, r->probe->n_bytes - c->at);
  }
  return is_id(c, "ds64") ? read_ds64(r, c, why)
         : is_id(c, "fmt ") ? read_fmt(r, c, why)
                            : RILL_OK;
}

int32_t
riff_check(const struct probe* probe, struct header* out, struct why* why)
{
  struct riff r = { .probe = probe };
  struct chunk c;
  uint64_t at = 0;
  int32_t st = begin(&r, &at, why);

  for (int i = 0; !st && i < MAX_CHUNKS; ++i, at = chunk_end(&r, &c)) {
    if (!read_chunk(&r, at, &c)) {
      return why_set(why, RILL_ERR_INPUT,
                     "the file ends before its samples: there is no 'data' "
                     "chunk");
    }
    if (is_id(&c, "data")) {
      return end(&r, &c, out, why);
    }
    st = take_chunk(&r, &c, why);
  }
  return st ? st
            : why_set(why, RILL_ERR_INPUT,
                      "no 'data' among the first %d chunks", MAX_CHUNKS);
}
