// SPDX-License-Identifier: ISC
#include "base64.h"
#include "samples.h"
#include "value_text.h"

#include <rill/helpers.h>

#include <jansson.h>

#include <string.h>

enum { MAX_RATE = 768000, MAX_CHANNELS = 1024 };

static const struct {
  const char* name;
  uint32_t encoding;
} formats[] = {
  { "F32", RILL_ENC_F32 },
  { "I16", RILL_ENC_S16 },
  { "I32", RILL_ENC_S32 },
};

static const char*
kind_of(const json_t* value)
{
  switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "a list";
    case JSON_STRING: return "a text";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_NULL: return "null";
    default: return "true or false";
  }
}

// What stands in a field, for messages: parts are lists and texts.
static const char*
kind_of_field(const struct document* doc, const json_t* value)
{
  if (!value) {
    return "missing";
  }
  const struct part* const part = document_part(doc, value);
  return part ? (part->is_array ? "a list" : "a text") : kind_of(value);
}

static int32_t
refuse_field(const struct document* doc, const char* name, const json_t* value,
             const char* expected, struct why* why)
{
  return why_set(why, RILL_ERR_CORRUPT, "%s is %s: %s is expected", name,
                 kind_of_field(doc, value), expected);
}

static int32_t
read_uint(const struct document* doc, const json_t* value, const char* name,
          uint32_t most, uint32_t* out, struct why* why)
{
  const json_t* const field = json_object_get(value, name);
  if (!json_is_number(field)) {
    return refuse_field(doc, name, field, "a number", why);
  }
  const double x = json_number_value(field);
  if (!(x >= 1 && x <= most) || x != (double)(uint32_t)x) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "%s is no whole number from 1 to %lu", name,
                   (unsigned long)most);
  }
  *out = (uint32_t)x;
  return RILL_OK;
}

static int32_t
read_encoding(const struct document* doc, const json_t* value, uint32_t* out,
              struct why* why)
{
  const json_t* const field = json_object_get(value, "format");
  *out = RILL_ENC_F32;
  if (!field) {
    return RILL_OK;
  }
  if (!document_is_text(doc, field)) {
    return refuse_field(doc, "format", field, "\"F32\", \"I16\" or \"I32\"", why);
  }
  for (uint32_t i = 0; i < RILL_COUNT(formats); ++i) {
    if (!strcmp(json_string_value(field), formats[i].name)) {
      *out = formats[i].encoding;
      return RILL_OK;
    }
  }
  return why_set(why, RILL_ERR_CORRUPT,
                 "format is \"%.40s\": \"F32\", \"I16\" or \"I32\" is expected",
                 json_string_value(field));
}

static int32_t
read_format(struct rill_format* format, const struct document* doc,
            const json_t* value, struct why* why)
{
  if (!json_object_get(value, "sample_rate")) {
    return why_set(why, RILL_ERR_CORRUPT, "Missing sample_rate");
  }
  int32_t st = read_uint(doc, value, "sample_rate", MAX_RATE, &format->rate, why);
  if (st >= 0 && json_object_get(value, "channels")) {
    st = read_uint(doc, value, "channels", MAX_CHANNELS, &format->channels, why);
  }
  return st < 0 ? st : read_encoding(doc, value, &format->encoding, why);
}

// A list that stayed with jansson is empty, or has an element that is no number.
static int32_t
refuse_list(const struct document* doc, const json_t* list, struct why* why)
{
  size_t i = 0;
  while (json_is_number(json_array_get(list, i))) {
    ++i;
  }
  return why_set(why, RILL_ERR_CORRUPT, "data[%zu] is %s, not a number", i,
                 kind_of_field(doc, json_array_get(list, i)));
}

static int32_t
open_numbers(struct value_audio* audio, const struct document* doc,
             const json_t* data, uint64_t* n_samples, struct why* why)
{
  const struct part* const part = document_part(doc, data);
  *n_samples = 0;
  if (part && part->is_array) {
    array_open(&audio->numbers, &part->array, &doc->numbers);
    *n_samples = part->array.n_numbers;
    return RILL_OK;
  }
  if (!json_is_array(data)) {
    return refuse_field(doc, "data", data, "a list of numbers", why);
  }
  return json_array_size(data) ? refuse_list(doc, data, why) : RILL_OK;
}

static int32_t
open_base64(struct value_audio* audio, const struct document* doc,
            const json_t* data, uint64_t* n_samples, struct why* why)
{
  const struct part* const part = document_part(doc, data);
  if (!part || part->is_array) {
    return document_is_text(doc, data)
             ? why_set(why, RILL_ERR_CORRUPT,
                       "base64 has a character that is none of its alphabet")
             : refuse_field(doc, "base64", data, "a text", why);
  }
  const int64_t n_bytes = base64_bytes(part->text.at, part->text.n);
  const uint32_t sample = rill_sample_bytes(audio->format.encoding);
  if (n_bytes < 0 || n_bytes % sample) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "base64 has %zu characters, which are no whole number of samples",
                   part->text.n);
  }
  audio->coding = VALUE_BASE64;
  audio->base64 = part->text;
  *n_samples = (uint64_t)n_bytes / sample;
  return RILL_OK;
}

static int32_t
open_samples(struct value_audio* audio, const struct document* doc,
             const json_t* value, struct why* why)
{
  const json_t* const data = json_object_get(value, "data");
  const json_t* const base64 = json_object_get(value, "base64");
  if (!data == !base64) {
    return why_set(why, RILL_ERR_CORRUPT, "%s",
                   data ? "both data and base64: one of them is expected"
                        : "Missing audio data array");
  }
  uint64_t n = 0;
  const int32_t st = data ? open_numbers(audio, doc, data, &n, why)
                          : open_base64(audio, doc, base64, &n, why);
  if (st < 0) {
    return st;
  }
  if (n % audio->format.channels) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "%llu samples are no whole number of frames of %lu channels",
                   (unsigned long long)n, (unsigned long)audio->format.channels);
  }
  audio->n_frames = n / audio->format.channels;
  return RILL_OK;
}

int32_t
value_audio_open(struct value_audio* audio,
                 const struct document* doc,
                 const struct json_t* value,
                 struct why* why)
{
  *audio = (struct value_audio){
    .format = { .kind = RILL_KIND_AUDIO, .rate_den = 1, .channels = 1,
                .packing = RILL_INTERLEAVED },
  };
  if (!json_is_object(value)) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "an audio value is expected: {\"data\": [...], "
                   "\"sample_rate\": ...}");
  }
  if (!json_object_get(value, "data") && !json_object_get(value, "base64")) {
    return why_set(why, RILL_ERR_CORRUPT, "Missing audio data array");
  }
  const int32_t st = read_format(&audio->format, doc, value, why);
  return st < 0 ? st : open_samples(audio, doc, value, why);
}

// Samples from *first* on. Groups of base64 are three bytes: it begins before
// the first sample, and ends behind the last.
static int32_t
read_base64(const struct value_audio* audio, struct samples* s, uint64_t first,
            struct why* why)
{
  const uint32_t sample = rill_sample_bytes(audio->format.encoding);
  const uint64_t begin = first * sample / 3;
  const uint64_t end = ((first + s->n) * sample + 2) / 3;
  const char* const text = audio->base64.at + 4 * begin;
  uint8_t bytes[sizeof s->at + 6];
  const char* const bad = base64_decode(bytes, text, (size_t)(4 * (end - begin)));
  if (bad) {
    return why_set(why, RILL_ERR_CORRUPT, "base64 is wrong at character %zu",
                   (size_t)(bad - audio->base64.at));
  }
  memcpy(s->at.bytes, bytes + first * sample % 3, (size_t)s->n * sample);
  samples_swap_if_big_endian(s, audio->format.encoding);
  return RILL_OK;
}

static int32_t
read_samples(struct value_audio* audio, struct samples* s, uint64_t first,
             struct why* why)
{
  if (audio->coding == VALUE_BASE64) {
    return read_base64(audio, s, first, why);
  }
  switch (audio->format.encoding) {
    case RILL_ENC_S16: return array_read_s16(&audio->numbers, s->at.s16, s->n, why);
    case RILL_ENC_S32: return array_read_s32(&audio->numbers, s->at.s32, s->n, why);
    default: return array_read_f32(&audio->numbers, s->at.f32, s->n, why);
  }
}

int32_t
value_audio_read(struct value_audio* audio,
                 struct rill_buffer* buffer,
                 uint32_t n_frames,
                 uint32_t* n_done,
                 struct why* why)
{
  const uint32_t channels = audio->format.channels;
  const uint64_t left = audio->n_frames - audio->next_frame;
  const uint64_t n = (left < n_frames ? left : n_frames) * channels;
  const uint64_t from = audio->next_frame * channels;
  for (uint64_t i = 0; i < n;) {
    struct samples s;
    s.n = n - i < SAMPLES_AT_ONCE ? (uint32_t)(n - i) : SAMPLES_AT_ONCE;
    const int32_t st = read_samples(audio, &s, from + i, why);
    if (st < 0) {
      return st;
    }
    samples_scatter(&s, buffer, i);
    i += s.n;
  }
  *n_done = (uint32_t)(n / channels);
  audio->next_frame += *n_done;
  return RILL_OK;
}
