// SPDX-License-Identifier: ISC
// Mix: the sum of any number of inputs, frame by frame.
#include <rill/rill.h>
#include <rill/util/clones.h>

#include <math.h>
#include <stdio.h>

static const struct rill_param_desc gains_param = {
  .size = sizeof gains_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .flags = RILL_PARAM_LIST,
  .symbol = "gains",
  .doc = "one for each input, in their order; empty: all 0dB",
  .min = -120.0,
  .max = 60.0,
  .def = "[]",
  .example = "[0dB, -12dB]",
};
static const struct rill_param_desc* const mix_params[] = { &gains_param };

// All inputs have as many channels as the first; ALIGNED gives them one rate.
static const struct rill_constraint in_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_SAME(RILL_FIELD_CHANNELS, 1)
};
static const struct rill_format_set in_set =
  RILL_SET(RILL_KIND_AUDIO, in_demands);
static const struct rill_format_set* const in_sets[] = { &in_set };
static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .flags = RILL_PORT_ALIGNED | RILL_PORT_MULTI,
  .symbol = "in",
  .doc = "what is added up; silence after its end",
  .formats = in_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const mix_ports[] = {
  &in_port, &rill_f32_out_port
};

struct mix {
  struct rill_node node;
  uint32_t n_given;
  float* given;   // the parameter `gains`, as factors
  float* factors; // one for each input
};

RILL_CLONES static void
scale(float* out, const float* in, float factor, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; ++i) {
    out[i] = in[i] * factor;
  }
}

RILL_CLONES static void
add_scaled(float* out, const float* in, float factor, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; ++i) {
    out[i] = out[i] + in[i] * factor;
  }
}

// The first slot that has a buffer, or n_in.
static uint32_t
find_input(const struct rill_process* block)
{
  uint32_t slot = 0;
  while (slot < block->n_in && !block->in[slot]->buffer) {
    ++slot;
  }
  return slot;
}

// Always in the order of the slots: the sum of floats depends on it. The
// output may be the memory of input 0, which is read before it is written.
static void
sum_channel(const struct mix* self,
            const struct rill_process* block,
            uint32_t first,
            uint32_t channel,
            uint32_t n_frames)
{
  float* const out = rill_f32_out(block, 0, channel);
  scale(out, rill_f32_in(block, first, channel), self->factors[first],
        n_frames);
  for (uint32_t slot = first + 1; slot < block->n_in; ++slot) {
    if (block->in[slot]->buffer) {
      add_scaled(out, rill_f32_in(block, slot, channel), self->factors[slot],
                 n_frames);
    }
  }
}

static int32_t
mix_process(struct rill_node* node, const struct rill_process* block)
{
  const struct mix* const self = (const struct mix*)node;
  const uint32_t first = find_input(block);
  if (first == block->n_in) {
    return RILL_OK;
  }

  const uint32_t n_frames = block->in[first]->buffer->n_frames;
  for (uint32_t c = 0; c < rill_channels(block->in[first]); ++c) {
    sum_channel(self, block, first, c, n_frames);
  }
  block->out[0]->buffer->n_frames = n_frames;
  return RILL_OK;
}

static int32_t
check_inputs(const struct mix* self, const struct rill_config* config)
{
  char text[160];
  if (self->n_given && self->n_given != config->n_in) {
    snprintf(text, sizeof text,
             "gains has %u numbers for %u inputs: give one for each, or none",
             self->n_given, config->n_in);
    return rill_fail(&self->node, RILL_ERR_BAD_PARAM, text);
  }
  for (uint32_t i = 1; i < config->n_in; ++i) {
    const struct rill_format* const a = &config->in[0]->format;
    const struct rill_format* const b = &config->in[i]->format;
    if (a->channels != b->channels || a->rate != b->rate) {
      snprintf(text, sizeof text,
               "input %u has %u channels at %u Hz, the first has %u at %u Hz: "
               "put remix or resample before it",
               i + 1, b->channels, b->rate, a->channels, a->rate);
      return rill_fail(&self->node, RILL_ERR_BAD_FORMAT, text);
    }
  }
  return RILL_OK;
}

static int32_t
mix_configure(struct rill_node* node, const struct rill_config* config)
{
  struct mix* const self = (struct mix*)node;
  const int32_t st = check_inputs(self, config);
  if (st) {
    return st;
  }
  float* const factors = (float*)calloc(config->n_in + 1u, sizeof(float));
  if (!factors) {
    return RILL_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < config->n_in; ++i) {
    factors[i] = self->n_given ? self->given[i] : 1.0f;
  }
  free(self->factors);
  self->factors = factors;
  return RILL_OK;
}

static void
mix_destroy(struct rill_node* node)
{
  struct mix* const self = (struct mix*)node;
  free(self->given);
  free(self->factors);
  rill_free_node(node);
}

static const struct rill_node_ops mix_ops = {
  .size = sizeof mix_ops,
  .configure = mix_configure,
  .process = mix_process,
  .destroy = mix_destroy,
};

static int32_t
mix_create(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           const struct rill_setup* setup,
           struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const struct rill_value* const gains = &setup->params[0];
  struct rill_node* node = NULL;
  const int32_t st = rill_new_node(sizeof(struct mix), &mix_ops, host, &node);
  if (st) {
    return st;
  }

  struct mix* const self = (struct mix*)node;
  self->n_given = gains->type == RILL_TYPE_LIST ? gains->n : 0;
  self->given = (float*)calloc(self->n_given + 1u, sizeof(float));
  if (!self->given) {
    mix_destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < self->n_given; ++i) {
    self->given[i] = (float)pow(10.0, gains->list[i].f / 20.0);
  }
  *out = node;
  return RILL_OK;
}

static const struct rill_node_desc mix_desc = {
  .size = sizeof mix_desc,
  .id = "org.rill.mix",
  .name = "mix",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Adds up any number of inputs.",
  .categories = "audio mixer",
  .ports = mix_ports,
  .params = mix_params,
  .n_ports = 2,
  .n_params = 1,
  .exec = RILL_EXEC_RT,
  .create = mix_create,
};

RILL_PLUGIN(&mix_desc);
