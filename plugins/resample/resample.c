// SPDX-License-Identifier: ISC
// Resample: the same audio at another rate.
#include "stream.h"

#include <rill/rill.h>

enum { PARAM_RATE, PARAM_QUALITY, N_PARAMS };
enum { MAX_RATE = 768000, MAX_OUT_FRAMES = 65536 };
// Frames of the lower rate that the filters hold back, at most: measured.
enum { HELD_FRAMES = 2048 };
// libsoxr gives in bursts: room for most of them saves a second call.
enum { BURST_FRAMES = 1024 };

static const char* const quality_names[] = { "low", "medium", "high",
                                             "very-high" };
static const unsigned long recipes[] = { SOXR_LQ, SOXR_MQ, SOXR_HQ, SOXR_VHQ };

static const struct rill_param_desc rate_param = {
  .size = sizeof rate_param,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_HZ,
  .flags = RILL_PARAM_REQUIRED,
  .symbol = "rate",
  .doc = "frames a second of the output",
  .min = 1,
  .max = MAX_RATE,
  .example = "16kHz",
};
static const struct rill_param_desc quality_param = {
  .size = sizeof quality_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "quality",
  .doc = "how much of the band stays, and how little of the rest",
  .def = "high",
  .names = quality_names,
  .n_names = RILL_COUNT(quality_names),
  .example = "low",
};
static const struct rill_param_desc* const resample_params[] = {
  &rate_param, &quality_param
};

static const struct rill_constraint in_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_BETWEEN(RILL_FIELD_RATE, 1, MAX_RATE, 0)
};
static const struct rill_constraint out_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_FROM(RILL_FIELD_RATE, "rate"),
  RILL_SAME(RILL_FIELD_CHANNELS, 1)
};
static const struct rill_format_set in_set =
  RILL_SET(RILL_KIND_AUDIO, in_demands);
static const struct rill_format_set out_set =
  RILL_SET(RILL_KIND_AUDIO, out_demands);
static const struct rill_format_set* const in_sets[] = { &in_set };
static const struct rill_format_set* const out_sets[] = { &out_set };

static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .symbol = "in",
  .doc = "audio",
  .formats = in_sets,
  .n_formats = 1,
};
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "the same at the other rate",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const resample_ports[] = {
  &in_port, &out_port
};

struct resample {
  struct rill_node node;
  uint32_t recipe; // index of the quality
  struct stream stream;
};

static int32_t
resample_configure(struct rill_node* node, const struct rill_config* config)
{
  struct stream* const s = &((struct resample*)node)->stream;
  s->in_rate = config->in[0]->format.rate;
  s->out_rate = config->out[0]->format.rate;
  s->channels = config->in[0]->format.channels;
  return RILL_OK;
}

static int32_t
resample_deactivate(struct rill_node* node)
{
  stream_close(&((struct resample*)node)->stream);
  return RILL_OK;
}

static int32_t
fail(const struct rill_node* node, const char* error)
{
  return *error ? rill_fail(node, RILL_ERR_FAILED, error) : RILL_ERR_NO_MEMORY;
}

// Latency stays 0: libsoxr swallows the delay of its filters at the start and
// gives it back at the end, so frame for frame nothing is late.
static int32_t
resample_activate(struct rill_node* node, struct rill_activation* activation)
{
  struct resample* const self = (struct resample*)node;
  const uint64_t in = self->stream.in_rate;
  const uint64_t out = self->stream.out_rate;
  if (in == out) {
    return RILL_OK;
  }

  const uint64_t least = activation->max_in_frames * out / in + 1;
  const uint64_t frames = least + (least < BURST_FRAMES ? least : BURST_FRAMES);
  const uint64_t tail = out > in ? HELD_FRAMES * out / in : HELD_FRAMES;
  activation->out_frames[0] =
    frames < MAX_OUT_FRAMES ? (uint32_t)frames : MAX_OUT_FRAMES;
  activation->tail_frames = (uint32_t)tail;

  const char* const error = stream_open(&self->stream, recipes[self->recipe]);
  return error ? fail(node, error) : RILL_OK;
}

static int32_t
take(struct resample* self,
     const struct rill_buffer* in,
     struct rill_buffer* out)
{
  const char* const error = stream_take(&self->stream, in, out);
  if (error) {
    return fail(&self->node, error);
  }
  if (out->n_frames == out->capacity_frames) {
    return RILL_MORE;
  }
  return out->n_frames ? RILL_OK : RILL_NEED_INPUT;
}

static int32_t
drain(struct resample* self, struct rill_buffer* out)
{
  if (!stream_missing(&self->stream)) {
    return RILL_DRAINED;
  }
  const char* const error = stream_flush(&self->stream, out);
  if (error) {
    return fail(&self->node, error);
  }
  return stream_missing(&self->stream) ? RILL_TAIL : RILL_DRAINED;
}

static int32_t
resample_process(struct rill_node* node, const struct rill_process* block)
{
  struct resample* const self = (struct resample*)node;
  struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_io* const out = block->out[0];
  const int drains = (block->flags & RILL_PROCESS_DRAINING) != 0;

  if (!self->stream.soxr) { // both rates are the same
    out->buffer = in;
    return drains ? RILL_DRAINED : RILL_OK;
  }
  if (in && in->n_frames) {
    return take(self, in, out->buffer);
  }
  return drains ? drain(self, out->buffer) : RILL_NEED_INPUT;
}

static int32_t
resample_reset(struct rill_node* node)
{
  const char* const error = stream_clear(&((struct resample*)node)->stream);
  return error ? fail(node, error) : RILL_OK;
}

static void
resample_destroy(struct rill_node* node)
{
  resample_deactivate(node);
  rill_free_node(node);
}

static const struct rill_node_ops resample_ops = {
  .size = sizeof resample_ops,
  .configure = resample_configure,
  .activate = resample_activate,
  .process = resample_process,
  .reset = resample_reset,
  .deactivate = resample_deactivate,
  .destroy = resample_destroy,
};

static int32_t
resample_create(struct rill_lib* lib,
                const struct rill_node_desc* desc,
                const struct rill_host* host,
                const struct rill_setup* setup,
                struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t st =
    rill_new_node(sizeof(struct resample), &resample_ops, host, out);
  if (!st) {
    ((struct resample*)*out)->recipe =
      (uint32_t)setup->params[PARAM_QUALITY].i;
  }
  return st;
}

static const struct rill_node_desc resample_desc = {
  .size = sizeof resample_desc,
  .id = "org.rill.resample",
  .name = "resample",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Changes the sample rate.",
  .categories = "audio converter",
  .ports = resample_ports,
  .params = resample_params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .create = resample_create,
};

// Not UNLOAD_SAFE: libgomp, which libsoxr is linked with, loses memory each
// time it is unloaded.
static const struct rill_node_desc* const nodes[] = { &resample_desc };
RILL_PLUGIN_ENTRY(nodes, 0, 0, 0);
