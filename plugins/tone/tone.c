// SPDX-License-Identifier: ISC
// Tone: a source of test signals.
#include "params.h"
#include "wave.h"

#include <rill/ext/state.h>
#include <rill/rill.h>

#include <math.h>
#include <stdio.h>

static const struct rill_constraint out_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_FROM(RILL_FIELD_RATE, "rate"),
  RILL_FROM(RILL_FIELD_CHANNELS, "channels")
};
static const struct rill_format_set out_set =
  RILL_SET(RILL_KIND_AUDIO, out_demands);
static const struct rill_format_set* const out_sets[] = { &out_set };
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 1,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "the signal",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const tone_ports[] = { &out_port };

struct tone {
  struct rill_node node;
  struct wave wave;
  uint64_t n_frames; // 0: endless
  uint64_t done;     // frames made
};

static uint64_t
length_of(const struct rill_value* params)
{
  return (uint64_t)llrint(params[PARAM_LENGTH].f *
                          (double)params[PARAM_RATE].i);
}

static int32_t
tone_process(struct rill_node* node, const struct rill_process* block)
{
  struct tone* const self = (struct tone*)node;
  struct rill_buffer* const out = block->out[0]->buffer;
  const uint64_t rest = self->n_frames - self->done;
  uint32_t n = block->n_frames;
  if (self->n_frames && !rest) {
    return RILL_DRAINED;
  }

  n = n < out->capacity_frames ? n : out->capacity_frames;
  n = self->n_frames && rest < n ? (uint32_t)rest : n;
  for (uint32_t c = 0; c < out->n_planes; ++c) {
    if (c && self->wave.kind != WAVE_NOISE) {
      memcpy(rill_f32_out(block, 0, c), rill_f32_out(block, 0, 0),
             n * sizeof(float));
    } else {
      wave_fill(&self->wave, c, self->done, rill_f32_out(block, 0, c), n);
    }
  }
  out->n_frames = n;
  self->done += n;
  return RILL_OK;
}

static int32_t
tone_reset(struct rill_node* node)
{
  ((struct tone*)node)->done = 0;
  return RILL_OK;
}

static int32_t
tone_export(const struct rill_node* node, const struct rill_writer* to)
{
  const struct tone* const self = (const struct tone*)node;
  return to->write(to->arg, &self->done, sizeof self->done);
}

static int32_t
tone_import(struct rill_node* node,
            uint32_t version,
            const void* data,
            uint64_t n_bytes)
{
  struct tone* const self = (struct tone*)node;
  uint64_t done = 0;
  if (version != 1 || n_bytes != sizeof done) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is not one of tone, version 1");
  }
  memcpy(&done, data, sizeof done);
  if (self->n_frames && done > self->n_frames) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is behind the end: length is too short");
  }
  self->done = done;
  return RILL_OK;
}

static uint64_t
tone_history(const struct rill_node* node)
{
  (void)node;
  return 0;
}

static const struct rill_state_ops tone_state_ops = {
  .size = sizeof tone_state_ops,
  .export_state = tone_export,
  .import_state = tone_import,
  .history_frames = tone_history,
};

static const void*
tone_extension(const struct rill_node* node, const char* id)
{
  (void)node;
  return strcmp(id, RILL_EXT_STATE) ? NULL : &tone_state_ops;
}

static const struct rill_node_ops tone_ops = {
  .size = sizeof tone_ops,
  .process = tone_process,
  .reset = tone_reset,
  .destroy = rill_free_node,
  .get_extension = tone_extension,
};

static int32_t
refuse(const struct rill_host* host, const char* text)
{
  host->set_error(host, RILL_ERR_BAD_PARAM, text);
  return RILL_ERR_BAD_PARAM;
}

static int32_t
check_frequency(const struct rill_host* host, const struct rill_value* params,
                uint32_t param)
{
  char text[160];
  const int64_t rate = params[PARAM_RATE].i;
  if (params[param].f * 2.0 < (double)rate) {
    return RILL_OK;
  }
  snprintf(text, sizeof text,
           "%s is %gHz, which a rate of %lldHz cannot carry: it must be below "
           "%gHz",
           tone_params[param]->symbol, params[param].f, (long long)rate,
           (double)rate / 2.0);
  return refuse(host, text);
}

static int32_t
check(const struct rill_host* host, const struct rill_value* params)
{
  const int64_t wave = params[PARAM_WAVE].i;
  int32_t st = RILL_OK;
  if (params[PARAM_LENGTH].f > 0.0 && !length_of(params)) {
    return refuse(host, "length is less than a frame: make it longer, or 0 "
                        "for a signal without end");
  }
  if (wave == WAVE_SINE || wave == WAVE_SQUARE || wave == WAVE_SAW ||
      wave == WAVE_SWEEP) {
    st = check_frequency(host, params, PARAM_FREQUENCY);
  }
  if (!st && wave == WAVE_SWEEP) {
    st = check_frequency(host, params, PARAM_TO);
  }
  if (!st && wave == WAVE_SWEEP && !length_of(params)) {
    st = refuse(host, "a sweep must know when it ends: set length");
  }
  return st;
}

static int32_t
tone_derive(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  d->n_frames = length_of(d->params);
  return check(host, d->params);
}

static void
tone_init(struct tone* self, const struct rill_setup* setup)
{
  const struct rill_value* const params = setup->params;
  const double rate = (double)params[PARAM_RATE].i;
  const int64_t seed = params[PARAM_SEED].i;

  self->n_frames = length_of(params);
  self->wave = (struct wave){
    .kind = (uint32_t)params[PARAM_WAVE].i,
    .colour = (uint32_t)params[PARAM_COLOUR].i,
    .level = pow(10.0, params[PARAM_LEVEL].f / 20.0),
    .seed = seed ? (uint64_t)seed : setup->seed,
  };
  wave_tune(&self->wave, params[PARAM_FREQUENCY].f / rate,
            params[PARAM_TO].f / rate, self->n_frames);
}

static int32_t
tone_create(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            const struct rill_setup* setup,
            struct rill_node** out)
{
  (void)lib;
  (void)desc;
  int32_t st = check(host, setup->params);
  if (!st) {
    st = rill_new_node(sizeof(struct tone), &tone_ops, host, out);
  }
  if (!st) {
    tone_init((struct tone*)*out, setup);
  }
  return st;
}

static const struct rill_node_desc tone_desc = {
  .size = sizeof tone_desc,
  .id = "org.rill.tone",
  .name = "tone",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Makes test signals: tones, sweeps, noise, an impulse, silence.",
  .categories = "audio source",
  .ports = tone_ports,
  .params = tone_params,
  .n_ports = 1,
  .n_params = N_PARAMS,
  .state_version = 1,
  .derive = tone_derive,
  .create = tone_create,
};

RILL_PLUGIN(&tone_desc);
