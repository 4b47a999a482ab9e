// SPDX-License-Identifier: ISC
// The old format converter: F32, I16 and I32 into each other, by way of f32.
#include "audio.h"
#include "classes.h"

struct convert {
  struct rill_legacy_node node;
  int target; // enum audio_format
};

static int
init(struct rill_legacy_node* node, const json_t* params)
{
  struct convert* const self = (struct convert*)node;
  return legacy_get_choice(node, params, "target_format", audio_format_names,
                           AUDIO_N_FORMATS, AUDIO_F32, &self->target);
}

static float
to_f32(double sample, int format)
{
  return format == AUDIO_I16   ? (float)sample / 32768.0f
         : format == AUDIO_I32 ? (float)sample / 2147483648.0f
                               : (float)sample;
}

static float
clamp(float x)
{
  return x > 1.0f ? 1.0f : x < -1.0f ? -1.0f : x == x ? x : 0.0f;
}

static double
from_f32(float sample, int format)
{
  if (format == AUDIO_F32) {
    return sample;
  }
  const float x = clamp(sample);
  if (format == AUDIO_I16) {
    return (int16_t)(x >= 0 ? x * 32767.0f : x * 32768.0f);
  }
  const float wide = x * 2147483648.0f; // the largest f32 below is in range
  return wide >= 2147483648.0f ? INT32_MAX : (int32_t)wide;
}

static json_t*
convert(const struct convert* self, struct audio* audio)
{
  for (size_t i = 0; i < audio->n; ++i) {
    audio->data[i] =
      from_f32(to_f32(audio->data[i], audio->format), self->target);
  }
  return audio_write_data(audio->data, audio->n, self->target);
}

static json_t*
process(struct rill_legacy_node* node, json_t* input)
{
  const struct convert* const self = (struct convert*)node;
  struct audio audio;
  json_t* value = NULL;
  if (!audio_read(node, input, &audio)) {
    value = json_pack("{s:o, s:I, s:I, s:s}", "data",
                      audio.format == self->target
                        ? json_incref(json_object_get(input, "data"))
                        : convert(self, &audio),
                      "sample_rate", audio.rate, "channels",
                      audio.channels ? audio.channels : 1, "format",
                      audio_format_names[self->target]);
  }
  audio_fini(&audio);
  return legacy_outputs(node, value);
}

const struct legacy_class convert_class = {
  .n_bytes = sizeof(struct convert), .init = init, .process = process
};
