// SPDX-License-Identifier: ISC
#include "resample.h"

enum { MAX_OUT_FRAMES = 65536 };

static int32_t
resample_configure(struct rill_node* node, const struct rill_config* config)
{
  struct resample* const self = (struct resample*)node;
  struct stream* const s = &self->stream;
  s->in_rate = config->in[0]->format.rate;
  s->out_rate = config->out[0]->format.rate;
  s->channels = config->in[0]->format.channels;
  plan_init(&s->plan, s->in_rate, s->out_rate, s->channels,
            (enum quality)self->quality, self->low_latency);
  return RILL_OK;
}

static int32_t
resample_deactivate(struct rill_node* node)
{
  stream_close(&((struct resample*)node)->stream);
  return RILL_OK;
}

// What one block can bring, and a step more that was nearly complete before.
static uint32_t
largest_output(const struct stream* s, uint32_t max_in_frames)
{
  const uint64_t burst = stream_burst(s);
  const uint64_t block =
    (uint64_t)max_in_frames * s->out_rate / s->in_rate + 1 + burst;
  const uint64_t most = burst > MAX_OUT_FRAMES ? burst : MAX_OUT_FRAMES;
  return (uint32_t)(block < most ? block : most);
}

// Latency stays 0: output frames keep their places in time, they are only
// given later than input frames of the same place are taken.
static int32_t
resample_activate(struct rill_node* node, struct rill_activation* activation)
{
  struct stream* const s = &((struct resample*)node)->stream;
  if (s->plan.way == PLAN_COPY) {
    return RILL_OK;
  }
  if (!stream_open(s)) {
    return RILL_ERR_NO_MEMORY;
  }
  activation->out_frames[0] = largest_output(s, activation->max_in_frames);
  activation->tail_frames = stream_tail(s);
  return RILL_OK;
}

static int32_t
take(struct stream* s, const struct rill_buffer* in, struct rill_buffer* out)
{
  if (stream_take(s, in, out)) {
    return RILL_MORE;
  }
  return out->n_frames ? RILL_OK : RILL_NEED_INPUT;
}

static int32_t
drain(struct stream* s, struct rill_buffer* out)
{
  stream_flush(s, out);
  return stream_missing(s) ? RILL_TAIL : RILL_DRAINED;
}

static int32_t
resample_process(struct rill_node* node, const struct rill_process* block)
{
  struct stream* const s = &((struct resample*)node)->stream;
  struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_io* const out = block->out[0];
  const int drains = (block->flags & RILL_PROCESS_DRAINING) != 0;

  if (s->plan.way == PLAN_COPY) {
    out->buffer = in;
    return drains ? RILL_DRAINED : RILL_OK;
  }
  if (in && in->n_frames) {
    return take(s, in, out->buffer);
  }
  return drains ? drain(s, out->buffer) : RILL_NEED_INPUT;
}

static int32_t
resample_reset(struct rill_node* node)
{
  stream_clear(&((struct resample*)node)->stream);
  return RILL_OK;
}

static void
resample_destroy(struct rill_node* node)
{
  resample_deactivate(node);
  rill_free_node(node);
}

static const void*
resample_extension(const struct rill_node* node, const char* id)
{
  (void)node;
  return strcmp(id, RILL_EXT_STATE) ? NULL : &resample_state_ops;
}

static const struct rill_node_ops resample_ops = {
  .size = sizeof resample_ops,
  .configure = resample_configure,
  .activate = resample_activate,
  .process = resample_process,
  .reset = resample_reset,
  .deactivate = resample_deactivate,
  .destroy = resample_destroy,
  .get_extension = resample_extension,
};

int32_t
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
    struct resample* const self = (struct resample*)*out;
    self->quality = (uint32_t)setup->params[PARAM_QUALITY].i;
    self->low_latency = setup->params[PARAM_LATENCY].i != 0;
  }
  return st;
}
