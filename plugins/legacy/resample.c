// SPDX-License-Identifier: ISC
// The old resampler: one rate into another, the whole clip, its tail included.
#include "audio.h"
#include "classes.h"
#include "sinc.h"

#include <stdlib.h>
#include <string.h>

struct resample {
  struct rill_legacy_node node;
  json_int_t source_rate;
  json_int_t target_rate;
  json_int_t channels;
  struct sinc sinc;
  double* kept;   // interleaved, the frames that are still looked at
  int64_t first;  // which the first of them is
  int64_t n_kept; // frames
  int64_t n_done; // output frames given
};

static const char* const qualities[] = { "Low", "Medium", "High" };
static const int crossings[] = { 8, 16, 32 };

enum { MAX_RATE = 768000 };

static int
init(struct rill_legacy_node* node, const json_t* params)
{
  struct resample* const self = (struct resample*)node;
  int quality = 0;
  if (legacy_get_int(node, params, "source_rate", 1, MAX_RATE, 0,
                     &self->source_rate) ||
      legacy_get_int(node, params, "target_rate", 1, MAX_RATE, 0,
                     &self->target_rate) ||
      legacy_get_int(node, params, "channels", 1, 1024, 1, &self->channels) ||
      legacy_get_choice(node, params, "quality", qualities, 3, 1, &quality)) {
    return -1;
  }
  switch (sinc_init(&self->sinc, self->source_rate, self->target_rate,
                    crossings[quality])) {
    case SINC_TOO_LARGE:
      return legacy_fail(node, "%lld and %lld have too little in common: the "
                               "table would have over 16 million weights",
                         (long long)self->source_rate,
                         (long long)self->target_rate);
    case SINC_NO_MEMORY: return legacy_fail(node, "out of memory");
    default: return 0;
  }
}

static int
check(struct resample* self, const struct audio* audio)
{
  struct rill_legacy_node* const node = &self->node;
  if (audio->rate != self->source_rate) {
    return legacy_fail(node, "Input sample rate %lld doesn't match expected %lld",
                       (long long)audio->rate, (long long)self->source_rate);
  }
  if (audio->channels && audio->channels != self->channels) {
    return legacy_fail(node, "Input has %lld channels, parameter 'channels' says "
                             "%lld",
                       (long long)audio->channels, (long long)self->channels);
  }
  if (audio->format != AUDIO_F32) {
    return legacy_fail(node, "Input format %s is not F32",
                       audio_format_names[audio->format]);
  }
  if (audio->n % (size_t)self->channels) {
    return legacy_fail(node, "%zu numbers are no whole frames of %lld channels",
                       audio->n, (long long)self->channels);
  }
  return 0;
}

static int
keep(struct resample* self, const struct audio* audio)
{
  const size_t n_old = (size_t)(self->n_kept * self->channels);
  double* const kept =
    realloc(self->kept, (n_old + audio->n + 1) * sizeof *kept);
  if (!kept) {
    return legacy_fail(&self->node, "out of memory");
  }
  memcpy(kept + n_old, audio->data, audio->n * sizeof *kept);
  self->kept = kept;
  self->n_kept += (int64_t)audio->n / self->channels;
  return 0;
}

// Lets go of frames that no output to come looks at.
static void
forget(struct resample* self)
{
  const int64_t next = self->n_done * self->sinc.down / self->sinc.up;
  int64_t n = next - self->sinc.half - self->first;
  n = n < 0 ? 0 : n > self->n_kept ? self->n_kept : n;
  self->n_kept -= n;
  self->first += n;
  memmove(self->kept, self->kept + n * self->channels,
          (size_t)(self->n_kept * self->channels) * sizeof *self->kept);
}

// The outputs up to frame *until*.
static json_t*
give(struct resample* self, int64_t until)
{
  const size_t step = (size_t)self->channels;
  const int64_t n = until > self->n_done ? until - self->n_done : 0;
  double* const out = malloc(((size_t)n * step + 1) * sizeof *out);
  if (!out) {
    return NULL;
  }
  for (int64_t i = 0; i < n; ++i) {
    for (size_t c = 0; c < step; ++c) {
      out[(size_t)i * step + c] = sinc_at(&self->sinc, self->n_done + i,
                                          self->kept + c, self->first,
                                          self->n_kept, step);
    }
  }
  json_t* const value =
    json_pack("{s:o, s:I, s:I}", "data",
              audio_write_data(out, (size_t)n * step, AUDIO_F32), "sample_rate",
              self->target_rate, "channels", self->channels);
  free(out);
  self->n_done += n;
  forget(self);
  return value;
}

static json_t*
process(struct rill_legacy_node* node, json_t* input)
{
  struct resample* const self = (struct resample*)node;
  struct audio audio;
  json_t* value = NULL;
  if (!audio_read(node, input, &audio) && !check(self, &audio) &&
      !keep(self, &audio)) {
    value = give(self, sinc_n_ready(&self->sinc, self->first + self->n_kept));
  }
  audio_fini(&audio);
  return legacy_outputs(node, value);
}

static json_t*
finish(struct rill_legacy_node* node)
{
  struct resample* const self = (struct resample*)node;
  if (!self->kept) {
    return json_array();
  }
  return legacy_outputs(
    node, give(self, sinc_n_out(&self->sinc, self->first + self->n_kept)));
}

static void
fini(struct rill_legacy_node* node)
{
  struct resample* const self = (struct resample*)node;
  sinc_fini(&self->sinc);
  free(self->kept);
}

const struct legacy_class resample_class = {
  .n_bytes = sizeof(struct resample),
  .init = init,
  .process = process,
  .finish = finish,
  .fini = fini
};
