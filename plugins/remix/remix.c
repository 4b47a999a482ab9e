// SPDX-License-Identifier: ISC
// Remix: other channels, each a weighted sum of those that come.
#include "layout.h"
#include "mix.h"

#include <rill/rill.h>

#include <math.h>
#include <stdio.h>

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

// What the parameters ask for.
struct wish {
  uint32_t channels;
  uint32_t layout; // index of its name
  uint32_t n_matrix;
  uint32_t normalise;
};

struct remix {
  struct rill_node node;
  struct wish wish;
  float* given;  // the parameter `matrix`
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
refuse(const struct rill_host* host, const char* text)
{
  host->set_error(host, RILL_ERR_BAD_PARAM, text);
  return RILL_ERR_BAD_PARAM;
}

// Layout, channels and matrix must mean the same number.
static int32_t
check_counts(const struct rill_host* host, const struct wish* w, uint32_t n_in,
             uint32_t n_out)
{
  char text[160];
  if (w->channels && w->channels != n_out) {
    snprintf(text, sizeof text,
             "channels is %u, but %s makes %u: give one of them", w->channels,
             w->layout ? "layout" : "matrix", n_out);
    return refuse(host, text);
  }
  if (w->n_matrix && (uint64_t)n_in * n_out != w->n_matrix) {
    snprintf(text, sizeof text,
             "matrix has %u numbers, which is not %u for each of %u outputs: "
             "a row has one number for each input channel",
             w->n_matrix, n_in, n_out);
    return refuse(host, text);
  }
  return RILL_OK;
}

static int32_t
find_shapes(const struct rill_host* host, const struct wish* w,
            const struct rill_format* in, struct shape* from, struct shape* to)
{
  const uint32_t n_in = in->channels;
  *from = layout_guess(in->layout, n_in);
  if (w->layout) {
    *to = layout_shape(w->layout);
  } else if (w->n_matrix) {
    *to = layout_guess(0, w->n_matrix < n_in ? 1 : w->n_matrix / n_in);
  } else {
    *to = w->channels && w->channels != n_in ? layout_guess(0, w->channels)
                                             : *from;
  }
  return check_counts(host, w, n_in, to->n);
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
  const int32_t st = find_shapes(host, &wish, in, &from, &to);
  if (st) {
    return st;
  }
  const int keeps = !wish.layout && to.n == in->channels;
  d->out[0]->format.channels = to.n;
  d->out[0]->format.layout = keeps ? in->layout : to.layout;
  return RILL_OK;
}

// One factor for all rows: to lower one row alone would move the balance.
static void
normalise(float* matrix, uint32_t n_out, uint32_t n_in)
{
  float most = 1.0f;
  for (uint32_t r = 0; r < n_out; ++r) {
    float sum = 0.0f;
    for (uint32_t c = 0; c < n_in; ++c) {
      sum += fabsf(matrix[r * n_in + c]);
    }
    most = sum > most ? sum : most;
  }
  for (uint32_t i = 0; most > 1.0f && i < n_out * n_in; ++i) {
    matrix[i] /= most;
  }
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
fill_matrix(const struct remix* self,
            struct shape from,
            struct shape to,
            float* matrix)
{
  char text[160];
  if (self->wish.n_matrix) {
    memcpy(matrix, self->given, self->wish.n_matrix * sizeof *matrix);
    return RILL_OK;
  }
  if (!layout_fold(from, to, matrix)) {
    snprintf(text, sizeof text,
             "no rule makes %u channels of %u whose places are not known: "
             "say how with matrix=[...]",
             to.n, from.n);
    return refuse(self->node.host, text);
  }
  if (self->wish.normalise) {
    normalise(matrix, to.n, from.n);
  }
  return RILL_OK;
}

static int32_t
set_matrix(struct remix* self, struct shape from, struct shape to)
{
  float* const matrix = (float*)calloc((size_t)to.n * from.n, sizeof(float));
  const float** const in = (const float**)calloc(from.n, sizeof(float*));
  const int32_t st = matrix && in ? fill_matrix(self, from, to, matrix)
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
  int32_t st = find_shapes(node->host, &self->wish, in, &from, &to);
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
  free(self->given);
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
  self->given = (float*)calloc(wish.n_matrix + 1u, sizeof(float));
  if (!self->given) {
    remix_destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < wish.n_matrix; ++i) {
    self->given[i] = (float)given[i].f;
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
