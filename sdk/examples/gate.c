// SPDX-License-Identifier: ISC
// gate.py as a native node: what was JSON are ports, parameters and planes.
#include <rill/rill.h>

#include <math.h>

enum { MAX_CHANNELS = 64 };

struct gate {
  struct rill_node node;
  double threshold;
  double envelope[MAX_CHANNELS]; // what lived in a variable of the script
};

// request["params"]: declared, so that the host checks and documents them.
static const struct rill_param_desc threshold_param = {
  .size = sizeof threshold_param,
  .type = RILL_TYPE_FLOAT,
  .symbol = "threshold",
  .doc = "what is quieter becomes silence",
  .min = 0.0,
  .max = 1.0,
  .def = "0.02",
};
static const struct rill_param_desc* const params[] = { &threshold_param };

// value["data"], "channels", "format": planar f32 comes in and goes out, and
// the host converts where a neighbour has something else.
static double
gate_channel(const struct gate* self, double envelope, const float* in,
             float* out, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    const double level = fabs((double)in[i]);
    envelope *= 0.999;
    envelope = level > envelope ? level : envelope;
    out[i] = envelope >= self->threshold ? in[i] : 0.0f;
  }
  return envelope;
}

// op "process": the output has been bound, and may be the input (in place).
static int32_t
gate_process(struct rill_node* node, const struct rill_process* block)
{
  struct gate* const self = (struct gate*)node;
  for (uint32_t c = 0; c < rill_channels(block->in[0]); ++c) {
    self->envelope[c] =
      gate_channel(self, self->envelope[c], rill_f32_in(block, 0, c),
                   rill_f32_out(block, 0, c), block->n_frames);
  }
  return RILL_OK;
}

static int32_t
gate_configure(struct rill_node* node, const struct rill_config* config)
{
  return config->in[0]->format.channels <= MAX_CHANNELS
           ? RILL_OK
           : rill_fail(node, RILL_ERR_BAD_FORMAT, "at most 64 channels");
}

// A new stream: the script was started again.
static int32_t
gate_reset(struct rill_node* node)
{
  struct gate* const self = (struct gate*)node;
  memset(self->envelope, 0, sizeof self->envelope);
  return RILL_OK;
}

static const struct rill_node_ops ops = {
  .size = sizeof ops,
  .configure = gate_configure,
  .process = gate_process,
  .reset = gate_reset,
  .destroy = rill_free_node,
};

// op "init"
static int32_t
gate_create(struct rill_lib* lib, const struct rill_node_desc* desc,
            const struct rill_host* host, const struct rill_setup* setup,
            struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t rc = rill_new_node(sizeof(struct gate), &ops, host, out);
  if (rc >= 0) {
    ((struct gate*)*out)->threshold = setup->params[0].f;
  }
  return rc;
}

static const struct rill_node_desc gate = {
  .size = sizeof gate,
  .id = "org.example.gate",
  .name = "gate",
  .version = "1.0.0",
  .licence = "ISC",
  .doc = "Silences what is quiet.",
  .categories = "audio filter",
  .ports = rill_f32_ports,
  .params = params,
  .n_ports = 2,
  .n_params = RILL_COUNT(params),
  .create = gate_create,
};

RILL_PLUGIN(&gate);
