// SPDX-License-Identifier: ISC
#include "audio.h"

#include <stdlib.h>

const char* const audio_format_names[AUDIO_N_FORMATS] = { "F32", "I16", "I32" };

static int
read_rate(struct rill_legacy_node* node, const json_t* value, struct audio* out)
{
  const json_t* const rate = json_object_get(value, "sample_rate");
  if (!json_is_integer(rate) || json_integer_value(rate) < 0) {
    return legacy_fail(node, "Missing sample_rate");
  }
  out->rate = json_integer_value(rate);
  return 0;
}

static int
read_data(struct rill_legacy_node* node, const json_t* data, struct audio* out)
{
  out->n = json_array_size(data);
  if (!(out->data = malloc((out->n + 1) * sizeof *out->data))) {
    return legacy_fail(node, "out of memory");
  }
  for (size_t i = 0; i < out->n; ++i) {
    const json_t* const number = json_array_get(data, i);
    if (!json_is_number(number)) {
      return legacy_fail(node, "data[%zu] is not a number", i);
    }
    out->data[i] = json_number_value(number);
  }
  return 0;
}

int
audio_read(struct rill_legacy_node* node, const json_t* value, struct audio* out)
{
  const json_t* const data = json_object_get(value, "data");
  *out = (struct audio){ 0 };
  if (!json_is_array(data)) {
    return legacy_fail(node, "Missing audio data array");
  }
  if (read_rate(node, value, out) ||
      legacy_get_int(node, value, "channels", 0, 1024, 0, &out->channels) ||
      legacy_get_choice(node, value, "format", audio_format_names,
                        AUDIO_N_FORMATS, AUDIO_F32, &out->format)) {
    return -1;
  }
  return read_data(node, data, out);
}

json_t*
audio_write_data(const double* data, size_t n, int format)
{
  json_t* const list = json_array();
  for (size_t i = 0; list && i < n; ++i) {
    json_t* const number = format == AUDIO_F32
                             ? json_real(data[i])
                             : json_integer((json_int_t)data[i]);
    if (json_array_append_new(list, number)) {
      json_decref(list);
      return NULL;
    }
  }
  return list;
}

void
audio_fini(struct audio* audio)
{
  free(audio->data);
  *audio = (struct audio){ 0 };
}
