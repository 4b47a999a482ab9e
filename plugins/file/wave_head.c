// SPDX-License-Identifier: ISC
#include "wave_head.h"

#include <rill/helpers.h>

enum { TAG_PCM = 1, TAG_FLOAT = 3, TAG_EXTENSIBLE = 0xfffe, DS64_BYTES = 28 };

struct pen {
  uint8_t* at;
};

static void
put(struct pen* pen, uint64_t value, int n_bytes)
{
  for (int i = 0; i < n_bytes; ++i) {
    *pen->at++ = (uint8_t)(value >> 8 * i);
  }
}

static void
put_id(struct pen* pen, const char* id, uint32_t n_bytes)
{
  memcpy(pen->at, id, 4);
  pen->at += 4;
  put(pen, n_bytes, 4);
}

static void
put_fmt(struct pen* pen, const struct wave_head* h)
{
  static const uint8_t guid_tail[14] = { 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa,
                                         0, 0x38, 0x9b, 0x71 };
  const int is_float =
    h->encoding == RILL_ENC_F32 || h->encoding == RILL_ENC_F64;
  const int is_extensible = h->channels > 2;
  const uint32_t tag = is_float ? TAG_FLOAT : TAG_PCM;
  const uint32_t n = rill_sample_bytes(h->encoding);

  put_id(pen, "fmt ", is_extensible ? 40 : is_float ? 18 : 16);
  put(pen, is_extensible ? TAG_EXTENSIBLE : tag, 2);
  put(pen, h->channels, 2);
  put(pen, h->rate, 4);
  put(pen, (uint64_t)h->rate * h->channels * n, 4);
  put(pen, (uint64_t)h->channels * n, 2);
  put(pen, 8 * n, 2);
  if (is_extensible) {
    put(pen, 22, 2);
    put(pen, 8 * n, 2);
    put(pen, h->layout, 4);
    put(pen, tag, 2);
    memcpy(pen->at, guid_tail, sizeof guid_tail);
    pen->at += sizeof guid_tail;
  } else if (is_float) {
    put(pen, 0, 2);
  }
  if (is_float) {
    put_id(pen, "fact", 4);
    put(pen, h->n_frames > UINT32_MAX ? UINT32_MAX : h->n_frames, 4);
  }
}

// Positions a writer knows: as many as channels, in the 32 bits of the mask.
static uint64_t
mask_of(const struct wave_head* h)
{
  return h->layout <= UINT32_MAX &&
             (uint32_t)__builtin_popcountll(h->layout) == h->channels
           ? h->layout
           : 0;
}

uint32_t
wave_head_write(const struct wave_head* head, uint8_t out[WAVE_HEAD_BYTES])
{
  struct wave_head h = *head;
  struct pen pen = { out };
  const uint64_t n_data =
    h.n_frames * h.channels * rill_sample_bytes(h.encoding);
  h.layout = mask_of(head);

  put_id(&pen, "RIFF", 0); // size and form follow at the end
  pen.at += 4;
  put_id(&pen, "JUNK", DS64_BYTES);
  memset(pen.at, 0, DS64_BYTES);
  pen.at += DS64_BYTES;
  put_fmt(&pen, &h);
  const uint32_t n_head = (uint32_t)(pen.at - out) + 8;
  const uint64_t n_riff = n_head - 8 + n_data + (n_data & 1);
  const int is_64 = h.always_64 || n_riff > UINT32_MAX;
  put_id(&pen, "data", is_64 ? UINT32_MAX : (uint32_t)n_data);

  pen.at = out;
  put_id(&pen, is_64 ? "RF64" : "RIFF", is_64 ? UINT32_MAX : (uint32_t)n_riff);
  memcpy(pen.at, "WAVE", 4);
  pen.at += 4;
  if (is_64) {
    put_id(&pen, "ds64", DS64_BYTES);
    put(&pen, n_riff, 8);
    put(&pen, n_data, 8);
    put(&pen, h.n_frames, 8);
  }
  return n_head;
}
