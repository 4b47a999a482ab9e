// SPDX-License-Identifier: ISC
// Remix: other channels, each a weighted sum of those that come.
#include "mix.h"
#include "wish.h"

#include <rill/rill.h>

enum { PARAM_CHANNELS, PARAM_LAYOUT, PARAM_MATRIX, PARAM_NORMALISE, N_PARAMS };
enum { MAX_CHANNELS = 1024 };

static const struct rill_param_desc channels_param = {
  .size = sizeof channels_param,
  .type = RILL_TYPE_INT,
  .symbol = "channels",
  .doc = "how many channels come out; 0: as many as layout or matrix say",
  .min = 0,
  .max = MAX_CHANNELS,
  .def = "0",
  .example = "1",
};
static const struct rill_param_desc layout_param = {
  .size = sizeof layout_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "layout",
  .doc = "where the channels that come out stand; auto: the usual places",
  .def = "auto",
  .names = layout_names,
  .n_names = LAYOUT_NAMES,
  .example = "stereo",
};
static const struct rill_param_desc matrix_param = {
  .size = sizeof matrix_param,
  .type = RILL_TYPE_FLOAT,
  .flags = RILL_PARAM_LIST,
  .symbol = "matrix",
  .doc = "factors, a row of all inputs for each output, used as they stand",
  .min = -1000.0,
  .max = 1000.0,
  .def = "[]",
  .example = "[[0.5, 0.5], [1, -1]]",
};
static const struct rill_param_desc normalise_param = {
  .size = sizeof normalise_param,
  .type = RILL_TYPE_BOOL,
  .symbol = "normalise",
  .doc = "lower all factors of a layout alike, so that nothing can clip",
  .def = "true",
  .example = "false",
};
static const struct rill_param_desc* const remix_params[] = {
  &channels_param, &layout_param, &matrix_param, &normalise_param
};

static const struct rill_constraint out_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_SAME(RILL_FIELD_RATE, 1),
  RILL_FROM(RILL_FIELD_CHANNELS, "channels")
};
static const struct rill_format_set out_set =
  RILL_SET(RILL_KIND_AUDIO, out_demands);
static const struct rill_format_set* const out_sets[] = { &out_set };
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "the other channels",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const remix_ports[] = {
  &rill_f32_in_port, &out_port
};

struct remix {
  struct rill_node node;
  struct wish wish;
  float* matrix; // a row of n_in factors for each output
  const float** in;
  uint32_t n_in;
  uint32_t n_out;
  uint32_t keeps; // what comes goes out as it is
};

static struct wish
wish_of(const struct rill_value* params)
{
  return (struct wish){
    .channels = (uint32_t)params[PARAM_CHANNELS].i,
    .layout = (uint32_t)params[PARAM_LAYOUT].i,
    .n_matrix = params[PARAM_MATRIX].type == RILL_TYPE_LIST
                  ? params[PARAM_MATRIX].n
                  : 0,
    .normalise = (uint32_t)params[PARAM_NORMALISE].i,
  };
}

static int32_t
remix_derive(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  const struct wish wish = wish_of(d->params);
  const struct rill_format* const in = &d->in[0]->format;
  struct shape from;
  struct shape to;
  const int32_t st = wish_shapes(&wish, host, in, &from, &to);
  if (st) {
    return st;
  }
  const int keeps = !wish.layout && to.n == in->channels;
  d->out[0]->format.channels = to.n;
  d->out[0]->format.layout = keeps ? in->layout : to.layout;
  return RILL_OK;
}

static int
is_identity(const float* matrix, uint32_t n_out, uint32_t n_in)
{
  for (uint32_t r = 0; r < n_out; ++r) {
    for (uint32_t c = 0; c < n_in; ++c) {
      if (matrix[r * n_in + c] != (r == c ? 1.0f : 0.0f)) {
        return 0;
      }
    }
  }
  return n_out == n_in;
}

static int32_t
set_matrix(struct remix* self, struct shape from, struct shape to)
{
  float* const matrix = (float*)calloc((size_t)to.n * from.n, sizeof(float));
  const float** const in = (const float**)calloc(from.n, sizeof(float*));
  const int32_t st =
    matrix && in ? wish_matrix(&self->wish, self->node.host, from, to, matrix)
                 : RILL_ERR_NO_MEMORY;
  if (st) {
    free(matrix);
    free((void*)in);
    return st;
  }
  free(self->matrix);
  free((void*)self->in);
  self->matrix = matrix;
  self->in = in;
  self->n_in = from.n;
  self->n_out = to.n;
  return RILL_OK;
}

static int32_t
remix_configure(struct rill_node* node, const struct rill_config* config)
{
  struct remix* const self = (struct remix*)node;
  const struct rill_format* const in = &config->in[0]->format;
  const struct rill_format* const out = &config->out[0]->format;
  struct shape from;
  struct shape to;
  int32_t st = wish_shapes(&self->wish, node->host, in, &from, &to);
  if (st) {
    return st;
  }
  if (to.n != out->channels) {
    return rill_fail(node, RILL_ERR_BAD_FORMAT,
                     "the output has another number of channels than asked");
  }
  if (!(st = set_matrix(self, from, to))) {
    self->keeps =
      rill_same_format(in, out) && is_identity(self->matrix, to.n, from.n);
  }
  return st;
}

static int32_t
remix_process(struct rill_node* node, const struct rill_process* block)
{
  const struct remix* const self = (const struct remix*)node;
  struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_buffer* const out = block->out[0]->buffer;
  if (!in || self->keeps) {
    block->out[0]->buffer = in;
    return RILL_OK;
  }

  for (uint32_t c = 0; c < self->n_in; ++c) {
    self->in[c] = rill_f32_in(block, 0, c);
  }
  for (uint32_t r = 0; r < self->n_out; ++r) {
    mix_row(rill_f32_out(block, 0, r), self->in,
            self->matrix + (size_t)r * self->n_in, self->n_in, in->n_frames);
  }
  out->n_frames = in->n_frames;
  return RILL_OK;
}

static void
remix_destroy(struct rill_node* node)
{
  struct remix* const self = (struct remix*)node;
  free(self->matrix);
  free((void*)self->in);
  free(self->wish.matrix);
  rill_free_node(node);
}

static const struct rill_node_ops remix_ops = {
  .size = sizeof remix_ops,
  .configure = remix_configure,
  .process = remix_process,
  .destroy = remix_destroy,
};

static int32_t
remix_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const struct wish wish = wish_of(setup->params);
  const struct rill_value* const given = setup->params[PARAM_MATRIX].list;
  struct rill_node* node = NULL;
  const int32_t st = rill_new_node(sizeof(struct remix), &remix_ops, host,
                                   &node);
  if (st) {
    return st;
  }

  struct remix* const self = (struct remix*)node;
  self->wish = wish;
  self->wish.matrix = (float*)calloc(wish.n_matrix + 1u, sizeof(float));
  if (!self->wish.matrix) {
    remix_destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < wish.n_matrix; ++i) {
    self->wish.matrix[i] = (float)given[i].f;
  }
  *out = node;
  return RILL_OK;
}

static const struct rill_node_desc remix_desc = {
  .size = sizeof remix_desc,
  .id = "org.rill.remix",
  .name = "remix",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Changes the channels: fewer, more, or mixed by a matrix.",
  .categories = "audio converter mixer",
  .ports = remix_ports,
  .params = remix_params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .exec = RILL_EXEC_RT,
  .derive = remix_derive,
  .create = remix_create,
};

RILL_PLUGIN(&remix_desc);
