// SPDX-License-Identifier: ISC
// Convert: another encoding, another packing, the same audio.
#include "path.h"

#include <rill/rill.h>

enum { PARAM_ENCODING, PARAM_PACKING, PARAM_SCALE, PARAM_DITHER, N_PARAMS };

static const char* const encoding_names[] = { "auto", "u8",  "s8",  "s16",
                                              "s24",  "s32", "f32", "f64" };
static const char* const packing_names[] = { "auto", "planar", "interleaved" };
static const char* const scale_names[] = { "full", "legacy", "fast" };
static const char* const dither_names[] = { "none", "tpdf" };

// By the index of a name; 0 for auto.
static const uint32_t encodings[] = {
  RILL_ENC_NONE, RILL_ENC_U8,  RILL_ENC_S8,  RILL_ENC_S16,
  RILL_ENC_S24,  RILL_ENC_S32, RILL_ENC_F32, RILL_ENC_F64,
};

static const struct rill_param_desc encoding_param = {
  .size = sizeof encoding_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "encoding",
  .doc = "how a sample is stored; auto: as it comes",
  .def = "auto",
  .names = encoding_names,
  .n_names = RILL_COUNT(encoding_names),
  .example = "s16",
};
static const struct rill_param_desc packing_param = {
  .size = sizeof packing_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "packing",
  .doc = "channel after channel or frame after frame; auto: as it comes",
  .def = "auto",
  .names = packing_names,
  .n_names = RILL_COUNT(packing_names),
  .example = "interleaved",
};
static const struct rill_param_desc scale_param = {
  .size = sizeof scale_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "scale",
  .doc = "full: nearest, 1.0 is 2^(bits-1); legacy, fast: as the old system",
  .def = "full",
  .names = scale_names,
  .n_names = RILL_COUNT(scale_names),
  .example = "legacy",
};
static const struct rill_param_desc dither_param = {
  .size = sizeof dither_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "dither",
  .doc = "tpdf: triangular noise before rounding to fewer bits",
  .def = "none",
  .names = dither_names,
  .n_names = RILL_COUNT(dither_names),
  .example = "tpdf",
};
static const struct rill_param_desc* const convert_params[] = {
  &encoding_param, &packing_param, &scale_param, &dither_param
};

static const struct rill_constraint in_demands[] = {
  { .field = RILL_FIELD_ENCODING,
    .op = RILL_ONE_OF,
    .n_values = RILL_COUNT(encodings) - 1,
    .values = encodings + 1 },
};
static const struct rill_constraint out_demands[] = {
  RILL_FROM(RILL_FIELD_ENCODING, "encoding"),
  RILL_FROM(RILL_FIELD_PACKING, "packing"),
  RILL_SAME(RILL_FIELD_RATE, 1),
  RILL_SAME(RILL_FIELD_CHANNELS, 1),
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
  .doc = "audio in any encoding and packing",
  .formats = in_sets,
  .n_formats = 1,
};
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "the same audio",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const convert_ports[] = {
  &in_port, &out_port
};

struct convert {
  struct rill_node node;
  uint32_t scale;
  uint32_t dither;
  uint64_t seed;
  uint32_t keeps; // both formats are the same: buffers go through
  struct path path;
};

static int32_t
convert_configure(struct rill_node* node, const struct rill_config* config)
{
  struct convert* const self = (struct convert*)node;
  const struct rill_format* const from = &config->in[0]->format;
  const struct rill_format* const to = &config->out[0]->format;

  self->keeps = from->encoding == to->encoding && from->packing == to->packing;
  path_init(&self->path, to, from, self->scale, self->dither, self->seed);
  return RILL_OK;
}

static int32_t
convert_process(struct rill_node* node, const struct rill_process* block)
{
  const struct convert* const self = (const struct convert*)node;
  struct rill_buffer* const in = block->in[0]->buffer;
  if (!in) {
    return RILL_OK;
  }
  if (self->keeps) {
    block->out[0]->buffer = in;
    return RILL_OK;
  }

  struct rill_buffer* const out = block->out[0]->buffer;
  path_run(&self->path, out->planes, in->planes, in->n_frames, in->media_pos);
  out->n_frames = in->n_frames;
  return RILL_OK;
}

static const struct rill_node_ops convert_ops = {
  .size = sizeof convert_ops,
  .configure = convert_configure,
  .process = convert_process,
  .destroy = rill_free_node,
};

static int32_t
convert_derive(struct rill_lib* lib,
               const struct rill_node_desc* desc,
               const struct rill_host* host,
               struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  (void)host;
  const int64_t encoding = d->params[PARAM_ENCODING].i;
  const int64_t packing = d->params[PARAM_PACKING].i;
  struct rill_format* const out = &d->out[0]->format;

  *out = d->in[0]->format;
  if (encoding) {
    out->encoding = encodings[encoding];
  }
  if (packing) {
    out->packing = packing == 1 ? RILL_PLANAR : RILL_INTERLEAVED;
  }
  return RILL_OK;
}

static int32_t
convert_create(struct rill_lib* lib,
               const struct rill_node_desc* desc,
               const struct rill_host* host,
               const struct rill_setup* setup,
               struct rill_node** out)
{
  (void)lib;
  (void)desc;
  struct rill_node* node = NULL;
  const uint32_t scale = (uint32_t)setup->params[PARAM_SCALE].i;
  const uint32_t dither = (uint32_t)setup->params[PARAM_DITHER].i;
  if (dither && scale != SCALE_FULL) {
    host->set_error(host, RILL_ERR_BAD_PARAM,
                    "dither is noise before rounding, and scale=legacy and "
                    "scale=fast do not round: use scale=full or dither=none");
    return RILL_ERR_BAD_PARAM;
  }

  const int32_t st =
    rill_new_node(sizeof(struct convert), &convert_ops, host, &node);
  if (st) {
    return st;
  }
  struct convert* const self = (struct convert*)node;
  self->scale = scale;
  self->dither = dither;
  self->seed = setup->seed;
  *out = node;
  return RILL_OK;
}

static const struct rill_node_desc convert_desc = {
  .size = sizeof convert_desc,
  .id = "org.rill.convert",
  .name = "convert",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Changes how samples are stored: encoding and packing.",
  .categories = "audio converter",
  .ports = convert_ports,
  .params = convert_params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .exec = RILL_EXEC_RT,
  .derive = convert_derive,
  .create = convert_create,
};

RILL_PLUGIN(&convert_desc);
