// SPDX-License-Identifier: ISC
#include "value_text.h"

#include "base64.h"
#include "number_text.h"
#include "samples.h"

#include <rill/helpers.h>

#include <inttypes.h>

enum { TAIL_BYTES = 128 };

static int32_t
out_of_memory(struct why* why)
{
  return why_set(why, RILL_ERR_NO_MEMORY, "out of memory for a value's text");
}

static int32_t
add_numbers(struct text* text, const struct samples* s, uint32_t encoding)
{
  char* const at =
    text_room(text, (size_t)s->n * NUMBER_TEXT_BYTES + NUMBER_TEXT_ROOM);
  if (!at) {
    return RILL_ERR_NO_MEMORY;
  }
  const char* const end =
    encoding == RILL_ENC_F32   ? number_text_f32_list(at, s->at.f32, s->n)
    : encoding == RILL_ENC_S16 ? number_text_s16_list(at, s->at.s16, s->n)
                               : number_text_s32_list(at, s->at.s32, s->n);
  text->n += (size_t)(end - at);
  return RILL_OK;
}

static int32_t
add_base64(struct text* text, struct samples* s, uint32_t encoding)
{
  const size_t n_bytes = (size_t)s->n * rill_sample_bytes(encoding);
  char* const at = text_room(text, base64_text_bytes(n_bytes));
  if (!at) {
    return RILL_ERR_NO_MEMORY;
  }
  samples_swap_if_big_endian(s, encoding);
  text->n += (size_t)(base64_encode(at, s->at.bytes, n_bytes) - at);
  return RILL_OK;
}

// The first sample that is no number at all, or n.
static uint32_t
find_not_finite(const struct samples* s)
{
  uint32_t found = 0;
  for (uint32_t i = 0; i < s->n; ++i) {
    found |= (s->at.bits[i] & 0x7f800000) == 0x7f800000;
  }
  uint32_t i = found ? 0 : s->n;
  while (i < s->n && (s->at.bits[i] & 0x7f800000) != 0x7f800000) {
    ++i;
  }
  return i;
}

static int32_t
check_finite(const struct samples* s, const struct rill_buffer* buffer,
             uint64_t first, struct why* why)
{
  const uint32_t i = find_not_finite(s);
  const uint32_t n_channels = buffer->n_planes;
  if (i == s->n) {
    return RILL_OK;
  }
  return why_set(why, RILL_ERR_INPUT,
                 "frame %" PRId64 ", channel %" PRIu64 " is %s, which JSON cannot "
                 "say: take it out before this node",
                 buffer->media_pos + (int64_t)((first + i) / n_channels),
                 (first + i) % n_channels,
                 s->at.bits[i] << 9 ? "not a number" : "infinite");
}

// Samples first .. end - 1 of all channels, frame by frame.
static int32_t
add_samples(struct text* text, const struct rill_buffer* buffer, uint64_t first,
            uint64_t end, enum value_coding coding, struct why* why)
{
  const uint32_t encoding = buffer->format->encoding;
  for (uint64_t i = first; i < end;) {
    struct samples s;
    samples_gather(&s, buffer, i, end - i);
    int32_t st = encoding == RILL_ENC_F32 && coding == VALUE_NUMBERS
                   ? check_finite(&s, buffer, i, why)
                   : RILL_OK;
    if (st < 0) {
      return st;
    }
    i += s.n;
    st = coding == VALUE_BASE64 ? add_base64(text, &s, encoding)
                                : add_numbers(text, &s, encoding);
    if (st < 0) {
      return out_of_memory(why);
    }
  }
  return RILL_OK;
}

static const char*
format_name(uint32_t encoding)
{
  switch (encoding) {
    case RILL_ENC_F32: return "F32";
    case RILL_ENC_S16: return "I16";
    case RILL_ENC_S32: return "I32";
    default: return NULL;
  }
}

int32_t
value_text_audio(struct text* text,
                 const struct rill_buffer* buffer,
                 uint32_t first,
                 uint32_t n_frames,
                 enum value_coding coding,
                 struct why* why)
{
  const char* const name = format_name(buffer->format->encoding);
  const uint64_t n_channels = buffer->n_planes;
  if (!name) {
    return why_set(why, RILL_ERR_BAD_FORMAT,
                   "audio values are f32, s16 or s32: put a convert node before");
  }
  const int is_base64 = coding == VALUE_BASE64;
  int32_t st = text_add_string(text, is_base64 ? "{\"base64\":\"" : "{\"data\":[");
  if (st < 0) {
    return out_of_memory(why);
  }
  st = add_samples(text, buffer, first * n_channels,
                   (first + (uint64_t)n_frames) * n_channels, coding, why);
  if (st < 0) {
    return st;
  }
  text->n -= !is_base64 && text->at[text->n - 1] == ','; // after the last number
  char tail[TAIL_BYTES];
  snprintf(tail, sizeof tail,
           "%c,\"sample_rate\":%" PRIu32 ",\"channels\":%" PRIu64 ",\"format\":\"%s\"}",
           is_base64 ? '"' : ']', buffer->format->rate, n_channels, name);
  return text_add_string(text, tail) < 0 ? out_of_memory(why) : RILL_OK;
}
