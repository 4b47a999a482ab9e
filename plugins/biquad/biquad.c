// SPDX-License-Identifier: ISC
// Biquad: the eight classic second-order filters.
#include "biquad.h"

#include <stdio.h>

enum { PARAM_TYPE, PARAM_FREQUENCY, PARAM_Q, PARAM_GAIN, N_PARAMS };

static const char* const type_names[DESIGN_TYPES] = {
  "lowpass", "highpass", "bandpass", "notch",
  "allpass", "peaking",  "lowshelf", "highshelf"
};

static const struct rill_param_desc type_param = {
  .size = sizeof type_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_LIVE,
  .symbol = "type",
  .doc = "which filter",
  .def = "lowpass",
  .names = type_names,
  .n_names = DESIGN_TYPES,
  .example = "highpass",
};
static const struct rill_param_desc frequency_param = {
  .size = sizeof frequency_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_HZ,
  .flags = RILL_PARAM_LIVE,
  .symbol = "frequency",
  .doc = "corner, centre or middle of the slope; below half the rate",
  .min = 0.001,
  .max = 384000.0,
  .def = "1kHz",
  .example = "80Hz",
};
static const struct rill_param_desc q_param = {
  .size = sizeof q_param,
  .type = RILL_TYPE_FLOAT,
  .flags = RILL_PARAM_LIVE,
  .symbol = "q",
  .doc = "how narrow; 0.7071 is flat for lowpass and highpass",
  .min = 0.01,
  .max = 1000.0,
  .def = "0.70710678",
  .example = "4",
};
static const struct rill_param_desc gain_param = {
  .size = sizeof gain_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .flags = RILL_PARAM_LIVE,
  .symbol = "gain",
  .doc = "of peaking and shelves",
  .min = -60.0,
  .max = 60.0,
  .def = "0dB",
  .example = "-3dB",
};
static const struct rill_param_desc* const biquad_params[] = {
  &type_param, &frequency_param, &q_param, &gain_param
};

static void
design_set(struct design* design,
           uint32_t param,
           const struct rill_value* value)
{
  switch (param) {
    case PARAM_TYPE: design->type = (uint32_t)value->i; return;
    case PARAM_FREQUENCY: design->hz = value->f; return;
    case PARAM_Q: design->q = value->f; return;
    case PARAM_GAIN: design->db = value->f; return;
    default: return;
  }
}

static void
start(struct biquad* self)
{
  self->now = self->created_with;
  self->coefficients = design_solve(&self->now, self->rate);
}

static int32_t
biquad_configure(struct rill_node* node, const struct rill_config* config)
{
  struct biquad* const self = (struct biquad*)node;
  const struct rill_format* const in = &config->in[0]->format;
  char text[160];
  if (!design_is_sound(&self->created_with, in->rate)) {
    snprintf(text, sizeof text,
             "frequency is %gHz, which a rate of %uHz cannot carry: it must be "
             "below %gHz",
             self->created_with.hz, in->rate, in->rate / 2.0);
    return rill_fail(node, RILL_ERR_BAD_PARAM, text);
  }
  self->rate = in->rate;
  self->channels = in->channels;
  return RILL_OK;
}

static int32_t
biquad_reset(struct rill_node* node)
{
  struct biquad* const self = (struct biquad*)node;
  memset(self->memory, 0, self->channels * sizeof *self->memory);
  start(self);
  return RILL_OK;
}

static int32_t
biquad_activate(struct rill_node* node, struct rill_activation* activation)
{
  (void)activation;
  struct biquad* const self = (struct biquad*)node;
  self->memory = (struct memory*)calloc(self->channels + 1u,
                                        sizeof *self->memory);
  return self->memory ? biquad_reset(node) : RILL_ERR_NO_MEMORY;
}

static int32_t
biquad_deactivate(struct rill_node* node)
{
  struct biquad* const self = (struct biquad*)node;
  free(self->memory);
  self->memory = NULL;
  return RILL_OK;
}

// The host knows the range of a parameter but not the rate: what it lets
// through may still be no filter, and must not stop what runs.
static void
take_event(struct biquad* self, const struct rill_event* event)
{
  struct design next = self->now;
  if (event->type != RILL_EVENT_PARAM) {
    return;
  }
  design_set(&next, event->param, &event->value);
  if (!design_is_sound(&next, self->rate)) {
    self->node.host->log(self->node.host, RILL_LOG_WARNING,
                         "frequency is not below half the rate: left as it is");
    return;
  }
  self->now = next;
  self->coefficients = design_solve(&next, self->rate);
}

static void
filter(struct biquad* self,
       const struct rill_process* block,
       uint32_t first,
       uint32_t end)
{
  const uint32_t n_channels = rill_channels(block->in[0]);
  for (uint32_t c = 0; c < n_channels; c += FILTER_LANES) {
    const uint32_t left = n_channels - c;
    const uint32_t n = left < FILTER_LANES ? left : FILTER_LANES;
    const float* in[FILTER_LANES];
    float* out[FILTER_LANES];
    for (uint32_t k = 0; k < n; ++k) {
      in[k] = rill_f32_in(block, 0, c + k) + first;
      out[k] = rill_f32_out(block, 0, c + k) + first;
    }
    if (n == 1) {
      filter_run(&self->coefficients, &self->memory[c], out[0], in[0],
                 end - first);
    } else {
      filter_run_side_by_side(&self->coefficients, &self->memory[c], out, in, n,
                              end - first);
    }
  }
}

static int32_t
biquad_process(struct rill_node* node, const struct rill_process* block)
{
  struct biquad* const self = (struct biquad*)node;
  uint32_t done = 0;
  for (uint32_t i = 0; i < block->n_events; ++i) {
    filter(self, block, done, block->events[i].offset);
    take_event(self, &block->events[i]);
    done = block->events[i].offset;
  }
  filter(self, block, done, block->n_frames);
  return RILL_OK;
}

static void
biquad_destroy(struct rill_node* node)
{
  biquad_deactivate(node);
  rill_free_node(node);
}

static const void*
biquad_extension(const struct rill_node* node, const char* id)
{
  (void)node;
  return strcmp(id, RILL_EXT_STATE) ? NULL : &biquad_state_ops;
}

static const struct rill_node_ops biquad_ops = {
  .size = sizeof biquad_ops,
  .configure = biquad_configure,
  .activate = biquad_activate,
  .process = biquad_process,
  .reset = biquad_reset,
  .deactivate = biquad_deactivate,
  .destroy = biquad_destroy,
  .get_extension = biquad_extension,
};

static int32_t
biquad_create(struct rill_lib* lib,
              const struct rill_node_desc* desc,
              const struct rill_host* host,
              const struct rill_setup* setup,
              struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t st =
    rill_new_node(sizeof(struct biquad), &biquad_ops, host, out);
  for (uint32_t i = 0; !st && i < N_PARAMS; ++i) {
    design_set(&((struct biquad*)*out)->created_with, i, &setup->params[i]);
  }
  return st;
}

static const struct rill_node_desc biquad_desc = {
  .size = sizeof biquad_desc,
  .id = "org.rill.biquad",
  .name = "biquad",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Filters: lowpass, highpass, bandpass, notch, peaking, shelves.",
  .categories = "audio filter",
  .ports = rill_f32_ports,
  .params = biquad_params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .state_version = 1,
  .exec = RILL_EXEC_RT,
  .create = biquad_create,
};

RILL_PLUGIN(&biquad_desc);
