// SPDX-License-Identifier: ISC
#include "plan/formats.h"

#include <rill/helpers.h>

enum { MAX_RATE = 768000, MAX_CHANNELS = 1024 };

// A bit for each field that a kind has.
#define HAS(field) (1u << (field))
static const uint32_t fields_of[] = {
  [RILL_KIND_AUDIO] = HAS(RILL_FIELD_ENCODING) | HAS(RILL_FIELD_RATE) |
                      HAS(RILL_FIELD_CHANNELS) | HAS(RILL_FIELD_PACKING),
  [RILL_KIND_VIDEO] = HAS(RILL_FIELD_ENCODING) | HAS(RILL_FIELD_RATE) |
                      HAS(RILL_FIELD_WIDTH) | HAS(RILL_FIELD_HEIGHT),
  [RILL_KIND_TENSOR] = HAS(RILL_FIELD_ENCODING) | HAS(RILL_FIELD_RATE) |
                       HAS(RILL_FIELD_RANK),
  [RILL_KIND_TEXT] = HAS(RILL_FIELD_RATE),
  [RILL_KIND_JSON] = HAS(RILL_FIELD_RATE),
  [RILL_KIND_BYTES] = HAS(RILL_FIELD_RATE),
  [RILL_KIND_CUSTOM] = HAS(RILL_FIELD_RATE),
};

int
format_has_field(uint32_t kind, uint32_t field)
{
  return kind < sizeof fields_of / sizeof fields_of[0] &&
         (fields_of[kind] & HAS(field)) != 0;
}

uint32_t
format_get(const struct rill_format* format, uint32_t field)
{
  switch (field) {
    case RILL_FIELD_ENCODING: return format->encoding;
    case RILL_FIELD_RATE: return format->rate;
    case RILL_FIELD_CHANNELS: return format->channels;
    case RILL_FIELD_PACKING: return format->packing;
    case RILL_FIELD_WIDTH: return format->width;
    case RILL_FIELD_HEIGHT: return format->height;
    default: return format->rank;
  }
}

void
format_put(struct rill_format* format, uint32_t field, uint32_t value)
{
  switch (field) {
    case RILL_FIELD_ENCODING: format->encoding = value; break;
    case RILL_FIELD_RATE: format->rate = value; break;
    case RILL_FIELD_CHANNELS: format->channels = value; break;
    case RILL_FIELD_PACKING: format->packing = value; break;
    case RILL_FIELD_WIDTH: format->width = value; break;
    case RILL_FIELD_HEIGHT: format->height = value; break;
    default: format->rank = value; break;
  }
}

int
format_is_sound(const struct rill_format* f)
{
  if (f->kind == RILL_KIND_NONE || f->kind > RILL_KIND_CUSTOM ||
      f->rate_den > MAX_RATE || (f->rate && !f->rate_den) ||
      f->rank > RILL_MAX_RANK) {
    return 0;
  }
  for (uint32_t i = 0; i < f->rank; ++i) {
    if (!f->shape[i]) {
      return 0;
    }
  }
  if (f->kind == RILL_KIND_AUDIO) {
    return f->rate >= 1 && f->rate <= MAX_RATE && f->channels >= 1 &&
           f->channels <= MAX_CHANNELS && f->packing <= RILL_INTERLEAVED &&
           rill_sample_bytes(f->encoding);
  }
  return f->kind != RILL_KIND_TENSOR || rill_sample_bytes(f->encoding);
}

// A picture of planar YCbCr at most: three full planes of 16 bits.
static uint64_t
picture_bytes(const struct rill_format* f)
{
  const uint64_t n = (uint64_t)f->width * f->height;
  switch (f->encoding) {
    case RILL_ENC_GRAY8: return n;
    case RILL_ENC_YUV420P8: return n * 3 / 2;
    case RILL_ENC_YUV422P8: return n * 2;
    case RILL_ENC_YUV444P8:
    case RILL_ENC_YUV420P10:
    case RILL_ENC_RGB24: return n * 3;
    case RILL_ENC_RGBA32:
    case RILL_ENC_YUV422P10: return n * 4;
    default: return n * 6;
  }
}

uint64_t
format_bytes(const struct rill_format* f, uint64_t n_frames)
{
  switch (f->kind) {
    case RILL_KIND_AUDIO:
      return n_frames * f->channels * rill_sample_bytes(f->encoding);
    case RILL_KIND_VIDEO: return n_frames * picture_bytes(f);
    case RILL_KIND_TENSOR: return n_frames * rill_tensor_row_bytes(f);
    default: return n_frames;
  }
}
