// SPDX-License-Identifier: ISC
// The old voice activity detector: energy of whole frames over a threshold.
#include "audio.h"
#include "classes.h"
#include "fft.h"

#include <math.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;

struct vad {
  struct rill_legacy_node node;
  json_int_t rate;
  double threshold;
  size_t n; // numbers of a frame
  size_t n_have;
  double* frame; // windowed, as far as it has come
  double* window;
  double complex* bins;
  struct fft fft;
};

static int
make_room(struct vad* self)
{
  const size_t n = self->n;
  self->frame = malloc(n * sizeof *self->frame);
  self->window = malloc(n * sizeof *self->window);
  self->bins = malloc(n * sizeof *self->bins);
  if (!self->frame || !self->window || !self->bins || fft_init(&self->fft, n)) {
    return legacy_fail(&self->node, "out of memory");
  }
  for (size_t i = 0; i < n; ++i) {
    self->window[i] =
      n > 1 ? 0.54 - 0.46 * cos(2 * PI * (double)i / (double)(n - 1)) : 1;
  }
  return 0;
}

static int
init(struct rill_legacy_node* node, const json_t* params)
{
  struct vad* const self = (struct vad*)node;
  json_int_t frame_ms = 0;
  if (legacy_get_int(node, params, "sample_rate", 1, 768000, 0, &self->rate) ||
      legacy_get_int(node, params, "frame_duration_ms", 1, 1000, 30, &frame_ms) ||
      legacy_get_number(node, params, "energy_threshold", 0.01,
                        &self->threshold)) {
    return -1;
  }
  self->n = (size_t)(self->rate * frame_ms / 1000);
  if (!self->n) {
    return legacy_fail(node, "a frame of %lld ms has no sample at %lld Hz",
                       (long long)frame_ms, (long long)self->rate);
  }
  return make_room(self);
}

static double
energy(struct vad* self)
{
  double sum = 0;
  fft_run(&self->fft, self->frame, self->bins);
  for (size_t k = 0; k < self->n / 2; ++k) {
    const double re = creal(self->bins[k]);
    const double im = cimag(self->bins[k]);
    sum += re * re + im * im;
  }
  return sum / (double)self->n;
}

// A verdict for each frame that the samples complete.
static json_t*
judge(struct vad* self, const struct audio* audio, int* any)
{
  json_t* const verdicts = json_array();
  for (size_t i = 0; verdicts && i < audio->n; ++i) {
    self->frame[self->n_have] = audio->data[i] * self->window[self->n_have];
    if (++self->n_have == self->n) {
      const int is_speech = energy(self) > self->threshold;
      *any |= is_speech;
      self->n_have = 0;
      if (json_array_append_new(verdicts, json_boolean(is_speech))) {
        json_decref(verdicts);
        return NULL;
      }
    }
  }
  return verdicts;
}

static json_t*
process(struct rill_legacy_node* node, json_t* input)
{
  struct vad* const self = (struct vad*)node;
  struct audio audio;
  json_t* value = NULL;
  int any = 0;
  if (!audio_read(node, input, &audio)) {
    json_t* const verdicts = judge(self, &audio, &any);
    value = json_pack("{s:O, s:I, s:o, s:b}", "data",
                      json_object_get(input, "data"), "sample_rate", audio.rate,
                      "vad_results", verdicts, "is_speech", any);
    // What tells a reader how to take the data goes on with it.
    if (value && audio.channels) {
      json_object_set_new(value, "channels", json_integer(audio.channels));
    }
    if (value && audio.format != AUDIO_F32) {
      json_object_set_new(value, "format",
                          json_string(audio_format_names[audio.format]));
    }
  }
  audio_fini(&audio);
  return legacy_outputs(node, value);
}

static void
fini(struct rill_legacy_node* node)
{
  struct vad* const self = (struct vad*)node;
  fft_fini(&self->fft);
  free(self->frame);
  free(self->window);
  free(self->bins);
}

const struct legacy_class vad_class = {
  .n_bytes = sizeof(struct vad), .init = init, .process = process, .fini = fini
};
