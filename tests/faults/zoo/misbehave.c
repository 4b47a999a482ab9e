// SPDX-License-Identifier: ISC
// misbehave: copies its input, and in block *at* it does something else.
// misbehave.source: never gives a frame, and never ends.
#include "ways.h"

enum { HOW, AT, N_PARAMS };

static const struct rill_param_desc how_param = {
  .size = sizeof how_param,
  .type = RILL_TYPE_STRING,
  .symbol = "how",
  .doc = "what it does",
  .def = "none",
};
static const struct rill_param_desc at_param = {
  .size = sizeof at_param,
  .type = RILL_TYPE_INT,
  .symbol = "at",
  .doc = "in which block",
  .min = 0,
  .max = 1000000,
  .def = "3",
};
static const struct rill_param_desc* const params[] = { [HOW] = &how_param,
                                                        [AT] = &at_param };

struct misbehave {
  struct rill_node node;
  const struct way* way;
  uint64_t at;
};

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  const struct misbehave* const self = (const struct misbehave*)node;
  for (uint32_t c = 0; c < rill_channels(block->in[0]); ++c) {
    memmove(rill_f32_out(block, 0, c), rill_f32_in(block, 0, c),
            block->n_frames * sizeof(float));
  }
  return block->block >= self->at ? self->way->run(block) : RILL_OK;
}

static int32_t
give_nothing(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  block->out[0]->buffer->n_frames = 0;
  return RILL_OK;
}

static const struct rill_node_ops filter_ops = {
  .size = sizeof filter_ops,
  .process = process,
  .destroy = rill_free_node,
};
static const struct rill_node_ops source_ops = {
  .size = sizeof source_ops,
  .process = give_nothing,
  .destroy = rill_free_node,
};

static const struct way*
find_way(const char* name)
{
  for (int i = 0; i < N_WAYS; ++i) {
    if (!strcmp(ways[i].name, name)) {
      return &ways[i];
    }
  }
  return NULL;
}

static int32_t
create(struct rill_lib* lib,
       const struct rill_node_desc* desc,
       const struct rill_host* host,
       const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  const int is_source = desc->n_ports == 1;
  const struct way* const way = find_way(setup->params[HOW].text);
  struct rill_node* node = NULL;
  if (!way) {
    host->set_error(host, RILL_ERR_BAD_PARAM, "no such way");
    return RILL_ERR_BAD_PARAM;
  }
  const int32_t st =
    rill_new_node(sizeof(struct misbehave),
                  is_source ? &source_ops : &filter_ops, host, &node);
  if (st) {
    return st;
  }
  ((struct misbehave*)node)->way = way;
  ((struct misbehave*)node)->at = (uint64_t)setup->params[AT].i;
  *out = node;
  return RILL_OK;
}

static const struct rill_constraint source_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_BETWEEN(RILL_FIELD_RATE, 48000, 48000, 48000),
  RILL_BETWEEN(RILL_FIELD_CHANNELS, 1, 1, 1)
};
static const struct rill_format_set source_set =
  RILL_SET(RILL_KIND_AUDIO, source_demands);
static const struct rill_format_set* const source_sets[] = { &source_set };
static const struct rill_port_desc source_port = {
  .size = sizeof source_port,
  .id = 1,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "nothing",
  .formats = source_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const source_ports[] = { &source_port };

static const struct rill_node_desc filter = {
  .size = sizeof filter,
  .id = "org.rill.test.misbehave",
  .name = "misbehave",
  .version = "1",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Does what a node must not do.",
  .categories = "test",
  .ports = rill_f32_ports,
  .params = params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .create = create,
};
static const struct rill_node_desc source = {
  .size = sizeof source,
  .id = "org.rill.test.misbehave.source",
  .name = "misbehave.source",
  .version = "1",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Never gives a frame, and never ends.",
  .categories = "test source",
  .ports = source_ports,
  .params = params,
  .n_ports = 1,
  .n_params = N_PARAMS,
  .create = create,
};

RILL_PLUGIN(&filter, &source);
