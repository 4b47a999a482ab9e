// SPDX-License-Identifier: ISC
#include "engine/pass_node.h"

#include "base/mem.h"

#include <rill/ext/state.h>
#include <rill/rill.h>

// Passing on -----------------------------------------------------------------------

static int32_t
pass_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  block->out[0]->buffer = block->in[0]->buffer;
  return RILL_OK;
}

static void
pass_destroy(struct rill_node* node)
{
  mem_free(node);
}

static const struct rill_node_ops pass_ops = {
  .size = sizeof pass_ops,
  .process = pass_process,
  .destroy = pass_destroy,
};

static int32_t
pass_create(struct rill_lib* lib, const struct rill_node_desc* desc,
            const struct rill_host* host, const struct rill_setup* setup,
            struct rill_node** out)
{
  struct rill_node* const node = mem_new(struct rill_node);
  (void)lib;
  (void)desc;
  (void)setup;
  if (!node) {
    return RILL_ERR_NO_MEMORY;
  }
  *node = (struct rill_node){ &pass_ops, host };
  *out = node;
  return RILL_OK;
}

// Passing on later -------------------------------------------------------------------

/// A ring of frames for each plane: sample i of it at i * bytes.
struct lag {
  struct rill_node node;
  uint32_t n_frames;
  uint32_t at;
  uint32_t n_planes;
  uint32_t bytes; // of a sample
  uint32_t drained;
  unsigned char* ring;
};

static int32_t
lag_configure(struct rill_node* node, const struct rill_config* config)
{
  struct lag* const self = (struct lag*)node;
  const struct rill_format* const format = &config->in[0]->format;
  self->n_planes = format->channels;
  self->bytes = rill_sample_bytes(format->encoding);
  return format->kind == RILL_KIND_AUDIO && self->bytes
           ? RILL_OK
           : rill_fail(node, RILL_ERR_BAD_FORMAT, "only audio can be delayed");
}

static int32_t
lag_activate(struct rill_node* node, struct rill_activation* activation)
{
  struct lag* const self = (struct lag*)node;
  activation->latency_frames = self->n_frames;
  activation->tail_frames = self->n_frames;
  self->ring = mem_zeroed((size_t)self->n_frames * self->n_planes, self->bytes);
  return self->ring ? RILL_OK : RILL_ERR_NO_MEMORY;
}

// Puts *n* samples of one plane in and takes as many out; no *in*: silence.
static void
turn(const struct lag* self, unsigned char* ring, const struct rill_plane* in,
     const struct rill_plane* out, uint32_t n)
{
  uint32_t at = self->at;
  for (uint32_t i = 0; i < n; ++i) {
    unsigned char* const place = ring + (size_t)at * self->bytes;
    memcpy((char*)out->data + (int64_t)i * out->step, place, self->bytes);
    if (in) {
      memcpy(place, (const char*)in->data + (int64_t)i * in->step, self->bytes);
    } else {
      memset(place, 0, self->bytes);
    }
    at = at + 1 == self->n_frames ? 0 : at + 1;
  }
}

static uint32_t
n_wanted(const struct lag* self, const struct rill_process* block)
{
  const uint32_t left = self->n_frames - self->drained;
  const uint32_t room = block->out[0]->buffer->capacity_frames;
  return block->in[0]->buffer ? block->n_frames : left < room ? left : room;
}

static int32_t
lag_process(struct rill_node* node, const struct rill_process* block)
{
  struct lag* const self = (struct lag*)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_buffer* const out = block->out[0]->buffer;
  const uint32_t n = n_wanted(self, block);
  const size_t row = (size_t)self->n_frames * self->bytes;
  for (uint32_t c = 0; c < self->n_planes; ++c) {
    turn(self, self->ring + c * row, in ? &in->planes[c] : NULL, &out->planes[c], n);
  }
  self->at = (uint32_t)(((uint64_t)self->at + n) % self->n_frames);
  out->n_frames = n;
  self->drained += in ? 0 : n;
  return !in && self->drained < self->n_frames ? RILL_TAIL : RILL_OK;
}

static int32_t
lag_reset(struct rill_node* node)
{
  struct lag* const self = (struct lag*)node;
  self->at = self->drained = 0;
  memset(self->ring, 0, (size_t)self->n_frames * self->n_planes * self->bytes);
  return RILL_OK;
}

static void
lag_destroy(struct rill_node* node)
{
  mem_free(((struct lag*)node)->ring);
  mem_free(node);
}

// Nobody asks for its state, only for how much it must have seen.
static int32_t
lag_export(const struct rill_node* node, const struct rill_writer* to)
{
  (void)node;
  (void)to;
  return RILL_ERR_UNSUPPORTED;
}

static int32_t
lag_import(struct rill_node* node, uint32_t version, const void* data, uint64_t n_bytes)
{
  (void)node;
  (void)version;
  (void)data;
  (void)n_bytes;
  return RILL_ERR_UNSUPPORTED;
}

static uint64_t
lag_history(const struct rill_node* node)
{
  return ((const struct lag*)node)->n_frames;
}

static const struct rill_state_ops lag_state = {
  .size = sizeof lag_state,
  .export_state = lag_export,
  .import_state = lag_import,
  .history_frames = lag_history,
};

static const void*
lag_extension(const struct rill_node* node, const char* id)
{
  (void)node;
  return strcmp(id, RILL_EXT_STATE) ? NULL : &lag_state;
}

static const struct rill_node_ops lag_ops = {
  .size = sizeof lag_ops,
  .configure = lag_configure,
  .activate = lag_activate,
  .process = lag_process,
  .reset = lag_reset,
  .destroy = lag_destroy,
  .get_extension = lag_extension,
};

static int32_t
lag_create(struct rill_lib* lib, const struct rill_node_desc* desc,
           const struct rill_host* host, const struct rill_setup* setup,
           struct rill_node** out)
{
  struct lag* const self = mem_new(struct lag);
  (void)lib;
  (void)desc;
  if (!self) {
    return RILL_ERR_NO_MEMORY;
  }
  *self = (struct lag){ .node = { &lag_ops, host },
                        .n_frames = (uint32_t)setup->params[0].i };
  *out = &self->node;
  return RILL_OK;
}

// What they declare --------------------------------------------------------------------

static const struct rill_port_desc in_port = {
  sizeof in_port, 1, RILL_IN, 0, "in", "anything", NULL, 0, 0
};
static const struct rill_port_desc same_port = {
  sizeof same_port, 2, RILL_OUT, RILL_PORT_PASSTHROUGH, "out", "the same", NULL, 0, 0
};
static const struct rill_port_desc later_port = {
  sizeof later_port, 2, RILL_OUT, 0, "out", "the same, later", NULL, 0, 0
};
static const struct rill_port_desc* const pass_ports[] = { &in_port, &same_port };
static const struct rill_port_desc* const lag_ports[] = { &in_port, &later_port };

static const struct rill_param_desc frames_param = {
  .size = sizeof frames_param,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_FRAMES,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "frames",
  .doc = "how much later",
  .min = 1,
  .max = 1 << 24,
  .def = "1",
};
static const struct rill_param_desc* const lag_params[] = { &frames_param };

#define ABOUT(word, summary)                                                   \
  .size = sizeof(struct rill_node_desc), .id = "org.rill.host." word,          \
  .name = "host." word, .version = "0.9.0", .vendor = "rill",                  \
  .licence = "ISC", .doc = summary, .categories = "host", .n_ports = 2,        \
  .state_version = 1

static const struct rill_node_desc pass_desc = {
  ABOUT("pass", "Passes its input on."),
  .ports = pass_ports,
  .create = pass_create,
};
static const struct rill_node_desc lag_desc = {
  ABOUT("lag", "Passes audio on, later."),
  .ports = lag_ports,
  .params = lag_params,
  .n_params = 1,
  .create = lag_create,
};

struct node_type pass_type = {
  .desc = &pass_desc, .path = "", .hash = "", .live = &pass_desc
};
struct node_type lag_type = {
  .desc = &lag_desc, .path = "", .hash = "", .live = &lag_desc
};

int
pass_is(const struct node_type* type)
{
  return type == &pass_type || type == &lag_type;
}
