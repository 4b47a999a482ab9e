// SPDX-License-Identifier: ISC
// Split: each channel on an output of its own. Copies, since a copy that stays
// in the cache costs less than keeping the input alive for its channels.
#include <rill/rill.h>

#include <stdio.h>

enum { MAX_OUTPUTS = 16 };

static const uint32_t one[] = { 1 };
static const struct rill_constraint out_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_SAME(RILL_FIELD_RATE, 1),
  RILL_AMONG(RILL_FIELD_CHANNELS, one)
};
static const struct rill_format_set out_set =
  RILL_SET(RILL_KIND_AUDIO, out_demands);
static const struct rill_format_set* const out_sets[] = { &out_set };

#define CHANNEL(number)                                                        \
  {                                                                            \
    sizeof(struct rill_port_desc), 1 + (number), RILL_OUT,                     \
      RILL_PORT_OPTIONAL, "c" #number, "channel " #number " of the input",     \
      out_sets, 1, 0                                                           \
  }

static const struct rill_port_desc channel_ports[MAX_OUTPUTS] = {
  CHANNEL(1),  CHANNEL(2),  CHANNEL(3),  CHANNEL(4),
  CHANNEL(5),  CHANNEL(6),  CHANNEL(7),  CHANNEL(8),
  CHANNEL(9),  CHANNEL(10), CHANNEL(11), CHANNEL(12),
  CHANNEL(13), CHANNEL(14), CHANNEL(15), CHANNEL(16),
};

static const struct rill_port_desc* const split_ports[] = {
  &rill_f32_in_port,  &channel_ports[0],  &channel_ports[1],
  &channel_ports[2],  &channel_ports[3],  &channel_ports[4],
  &channel_ports[5],  &channel_ports[6],  &channel_ports[7],
  &channel_ports[8],  &channel_ports[9],  &channel_ports[10],
  &channel_ports[11], &channel_ports[12], &channel_ports[13],
  &channel_ports[14], &channel_ports[15],
};

static int32_t
split_configure(struct rill_node* node, const struct rill_config* config)
{
  const uint32_t channels = config->in[0]->format.channels;
  char text[160];
  for (uint32_t i = channels; i < config->n_out; ++i) {
    if (config->out[i]->connected) {
      snprintf(text, sizeof text,
               "output c%u is connected, but the input has %u channel%s", i + 1,
               channels, channels == 1 ? "" : "s");
      return rill_fail(node, RILL_ERR_BAD_FORMAT, text);
    }
  }
  return RILL_OK;
}

static int32_t
split_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  for (uint32_t i = 0; in && i < block->n_out; ++i) {
    struct rill_buffer* const out = block->out[i]->buffer;
    if (out) { // null: nobody reads this channel
      memcpy(out->planes[0].data, in->planes[i].data,
             in->n_frames * sizeof(float));
      out->n_frames = in->n_frames;
    }
  }
  return RILL_OK;
}

static const struct rill_node_ops split_ops = {
  .size = sizeof split_ops,
  .configure = split_configure,
  .process = split_process,
  .destroy = rill_free_node,
};

static int32_t
split_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out)
{
  (void)lib;
  (void)desc;
  (void)setup;
  return rill_new_node(sizeof(struct rill_node), &split_ops, host, out);
}

static const struct rill_node_desc split_desc = {
  .size = sizeof split_desc,
  .id = "org.rill.split",
  .name = "split",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Gives each channel an output of its own.",
  .categories = "audio mixer",
  .ports = split_ports,
  .n_ports = RILL_COUNT(split_ports),
  .exec = RILL_EXEC_RT,
  .create = split_create,
};

RILL_PLUGIN(&split_desc);
