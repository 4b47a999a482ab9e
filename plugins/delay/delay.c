// SPDX-License-Identifier: ISC
// Delay: what comes in comes out later, with silence in front.
#include "delay.h"

#include <math.h>

enum { PARAM_DELAY, PARAM_FRAMES, N_PARAMS };

static const struct rill_param_desc delay_param = {
  .size = sizeof delay_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .symbol = "delay",
  .doc = "how much later",
  .min = 0.0,
  .max = 600.0,
  .def = "0s",
  .example = "20ms",
};
static const struct rill_param_desc frames_param = {
  .size = sizeof frames_param,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_FRAMES,
  .symbol = "frames",
  .doc = "the same in frames; 0: as delay says",
  .min = 0,
  .max = 100000000,
  .def = "0",
  .example = "480",
};
static const struct rill_param_desc* const delay_params[] = {
  &delay_param, &frames_param
};

static int32_t
delay_configure(struct rill_node* node, const struct rill_config* config)
{
  struct delay* const self = (struct delay*)node;
  const struct rill_format* const in = &config->in[0]->format;
  self->channels = in->channels;
  self->n_frames = self->asked_frames
                     ? self->asked_frames
                     : (uint32_t)lround(self->asked_seconds * in->rate);
  return RILL_OK;
}

static int32_t
delay_reset(struct rill_node* node)
{
  struct delay* const self = (struct delay*)node;
  memset(self->ring, 0,
         (size_t)self->n_frames * self->channels * sizeof(float));
  self->at = 0;
  self->drained = 0;
  return RILL_OK;
}

static int32_t
delay_deactivate(struct rill_node* node)
{
  struct delay* const self = (struct delay*)node;
  free(self->ring);
  self->ring = NULL;
  return RILL_OK;
}

// Latency stays 0: the delay is what was asked for, not to be made good.
static int32_t
delay_activate(struct rill_node* node, struct rill_activation* activation)
{
  struct delay* const self = (struct delay*)node;
  const size_t n = (size_t)self->n_frames * self->channels;
  self->ring = (float*)calloc(n + 1, sizeof(float));
  if (!self->ring) {
    return rill_fail(node, RILL_ERR_NO_MEMORY,
                     "no memory for so long a delay: make it shorter");
  }
  activation->tail_frames = self->n_frames;
  return delay_reset(node);
}

// The output may be the input: each sample is read before it is written.
static void
swap(float* out, const float* in, float* ring, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    const float x = in[i];
    out[i] = ring[i];
    ring[i] = x;
  }
}

// What the ring holds comes out, what comes in takes its place.
static void
delay_channel(const struct delay* self,
              uint32_t channel,
              float* out,
              const float* in,
              uint32_t n_frames)
{
  float* const ring = self->ring + (size_t)channel * self->n_frames;
  uint32_t at = self->at;
  uint32_t n = 0;
  for (uint32_t done = 0; done < n_frames; done += n) {
    const uint32_t to_end = self->n_frames - at;
    n = n_frames - done < to_end ? n_frames - done : to_end;
    swap(out + done, in + done, ring + at, n);
    at = (at + n) % self->n_frames;
  }
}

static uint32_t
moved(const struct delay* self, uint32_t n_frames)
{
  return (uint32_t)(((uint64_t)self->at + n_frames) % self->n_frames);
}

static int32_t
drain(struct delay* self, struct rill_buffer* out)
{
  const uint32_t rest = self->n_frames - self->drained;
  const uint32_t n =
    rest < out->capacity_frames ? rest : out->capacity_frames;
  for (uint32_t c = 0; c < self->channels; ++c) {
    float* const data = (float*)out->planes[c].data;
    memset(data, 0, n * sizeof(float));
    delay_channel(self, c, data, data, n);
  }
  out->n_frames = n;
  self->at = moved(self, n);
  self->drained += n;
  return self->drained < self->n_frames ? RILL_TAIL : RILL_DRAINED;
}

static int32_t
delay_process(struct rill_node* node, const struct rill_process* block)
{
  struct delay* const self = (struct delay*)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  const int drains = (block->flags & RILL_PROCESS_DRAINING) != 0;

  if (!self->n_frames) {
    block->out[0]->buffer = block->in[0]->buffer;
    return drains ? RILL_DRAINED : RILL_OK;
  }
  if (!in) {
    return drains ? drain(self, block->out[0]->buffer) : RILL_OK;
  }
  for (uint32_t c = 0; c < self->channels; ++c) {
    delay_channel(self, c, rill_f32_out(block, 0, c), rill_f32_in(block, 0, c),
                  in->n_frames);
  }
  block->out[0]->buffer->n_frames = in->n_frames;
  self->at = moved(self, in->n_frames);
  return RILL_OK;
}

static void
delay_destroy(struct rill_node* node)
{
  delay_deactivate(node);
  rill_free_node(node);
}

static const void*
delay_extension(const struct rill_node* node, const char* id)
{
  (void)node;
  return strcmp(id, RILL_EXT_STATE) ? NULL : &delay_state_ops;
}

static const struct rill_node_ops delay_ops = {
  .size = sizeof delay_ops,
  .configure = delay_configure,
  .activate = delay_activate,
  .process = delay_process,
  .reset = delay_reset,
  .deactivate = delay_deactivate,
  .destroy = delay_destroy,
  .get_extension = delay_extension,
};

static int32_t
delay_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t st =
    rill_new_node(sizeof(struct delay), &delay_ops, host, out);
  if (!st) {
    struct delay* const self = (struct delay*)*out;
    self->asked_seconds = setup->params[PARAM_DELAY].f;
    self->asked_frames = (uint32_t)setup->params[PARAM_FRAMES].i;
  }
  return st;
}

static const struct rill_node_desc delay_desc = {
  .size = sizeof delay_desc,
  .id = "org.rill.delay",
  .name = "delay",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Lets audio come later.",
  .categories = "audio filter",
  .ports = rill_f32_ports,
  .params = delay_params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .state_version = 1,
  .exec = RILL_EXEC_RT,
  .create = delay_create,
};

RILL_PLUGIN(&delay_desc);
