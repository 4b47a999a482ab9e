// SPDX-License-Identifier: ISC
#include "tests/swap/nodes.h"

#include <math.h>
#include <rill/ext/state.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MAX_MEMORY = 64, WRAP = 1 << 20 };

struct seen swap_seen[SEEN_MAX];
static atomic_int n_alive;

struct state {
  int64_t n; // frames, or calls
  uint32_t sum;
  float memory[MAX_MEMORY];
};

struct fake {
  struct rill_node node;
  double params[4];
  struct state state;
  uint32_t n_used; // of the input that is called again
  const struct rill_node_desc* desc;
};

int
swap_nodes_alive(void)
{
  return atomic_load(&n_alive);
}

static void
pause_ms(long ms)
{
  const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };
  nanosleep(&time, NULL);
}

// Source and sink ----------------------------------------------------------------

static int32_t
count_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  const int64_t frames = (int64_t)self->params[0];
  const int64_t left = frames ? frames - self->state.n : INT64_MAX;
  const uint32_t n = left < block->n_frames ? (uint32_t)left : block->n_frames;
  float* const out = rill_f32_out(block, 0, 0);
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = (float)((self->state.n + i) % WRAP);
  }
  block->out[0]->buffer->n_frames = n;
  block->out[0]->buffer->media_pos = self->state.n;
  self->state.n += n;
  if (self->params[1] > 0) {
    pause_ms((long)self->params[1]);
  }
  return frames && self->state.n == frames ? RILL_DRAINED : RILL_OK;
}

static void
see_buffer(struct fake* self, struct seen* s, const struct rill_buffer* b)
{
  const float* const in = b->planes[0].data;
  if (s->n_frames && b->media_pos != self->state.n) {
    ++s->n_jumps;
  }
  self->state.n = b->media_pos + b->n_frames;
  for (uint32_t i = 0; i < b->n_frames; ++i) {
    uint32_t bits;
    memcpy(&bits, &in[i], sizeof bits);
    s->hash = (s->hash ^ bits) * 0x100000001b3u;
    s->n_wrong += in[i] != (float)((s->n_frames + i) % WRAP);
  }
  s->n_frames += b->n_frames;
  s->last = in[b->n_frames - 1];
}

static int32_t
see_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  if (block->in[0]->buffer && block->n_frames) {
    see_buffer(self, &swap_seen[(int)self->params[0]], block->in[0]->buffer);
  }
  return RILL_OK;
}

// Filters --------------------------------------------------------------------------

static int32_t
scale_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  for (uint32_t i = 0; i < block->n_events; ++i) {
    self->params[0] = block->events[i].value.f; // all at offset 0
  }
  if (!block->in[0]->buffer) {
    return RILL_OK;
  }
  const float* const in = rill_f32_in(block, 0, 0);
  float* const out = rill_f32_out(block, 0, 0);
  const float by = (float)self->params[0];
  for (uint32_t i = 0; i < block->n_frames; ++i) {
    out[i] = in[i] * by;
  }
  return RILL_OK;
}

enum fault {
  FAULT_NONE,
  FAULT_CREATE,
  FAULT_CONFIGURE,
  FAULT_ACTIVATE,
  FAULT_HANG,
  FAULT_IMPORT,
  FAULT_EXPORT,
  FAULT_HUGE,
  FAULT_ERROR,
  FAULT_NAN,
  FAULT_SHORT,
  FAULT_NOTHING,
  FAULT_STATUS,
  FAULT_ENDS,
  FAULT_TOO_MUCH,
  FAULT_OWN_BUFFER,
  N_FAULTS
};

static const char* const fault_names[N_FAULTS] = {
  "none",  "create", "configure", "activate", "hang",   "import", "export",   "huge",
  "error", "nan",    "short",     "nothing",  "status", "ends",   "too_much", "own_buffer",
};

// What goes wrong in the call `at`, when the output has been made.
static int32_t
go_wrong(struct fake* self, const struct rill_process* block)
{
  struct rill_buffer* const out = block->out[0]->buffer;
  switch ((enum fault)self->params[0]) {
    case FAULT_ERROR:
      return rill_fail(&self->node, RILL_ERR_FAILED, "failed as it was told to");
    case FAULT_NAN: rill_f32_out(block, 0, 0)[block->n_frames / 2] = NAN; break;
    case FAULT_SHORT: out->n_frames = block->n_frames - 1; break;
    case FAULT_NOTHING: out->n_frames = 0; break;
    case FAULT_STATUS: return 77;
    case FAULT_ENDS: return RILL_DRAINED;
    case FAULT_TOO_MUCH: out->n_frames = out->capacity_frames + 1; break;
    case FAULT_OWN_BUFFER:
      block->out[0]->buffer = self->node.host->buffers->alloc(
        self->node.host, out->format, block->n_frames);
      return rill_fail(&self->node, RILL_ERR_FAILED, "failed with a buffer in hand");
    default: break;
  }
  return RILL_OK;
}

static int32_t
accum_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  if (!block->in[0]->buffer) {
    return RILL_OK;
  }
  const float* const in = rill_f32_in(block, 0, 0);
  float* const out = rill_f32_out(block, 0, 0);
  uint32_t sum = self->state.sum;
  for (uint32_t i = 0; i < block->n_frames; ++i) {
    sum = sum * 1664525u + (uint32_t)in[i] + 1013904223u;
    out[i] = (float)(sum >> 12);
  }
  self->state.sum = sum;
  return self->n_used++ == (uint32_t)self->params[1] ? go_wrong(self, block)
                                                     : RILL_OK;
}

static int32_t
fir_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  const uint32_t n_taps = (uint32_t)self->params[0];
  uint32_t at = (uint32_t)self->state.n;
  if (!block->in[0]->buffer) {
    return RILL_OK;
  }
  const float* const in = rill_f32_in(block, 0, 0);
  float* const out = rill_f32_out(block, 0, 0);
  for (uint32_t i = 0; i < block->n_frames; ++i) {
    self->state.memory[at] = in[i];
    at = at + 1 == n_taps ? 0 : at + 1;
    uint64_t sum = 0;
    for (uint32_t k = 0; k < n_taps; ++k) {
      sum += (uint64_t)self->state.memory[k];
    }
    out[i] = (float)(sum % WRAP);
  }
  self->state.n = at;
  return RILL_OK;
}

static int32_t
late_activate(struct rill_node* node, struct rill_activation* activation)
{
  activation->latency_frames = (uint32_t)((struct fake*)node)->params[0];
  activation->tail_frames = activation->latency_frames;
  return RILL_OK;
}

static int32_t
late_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  const uint32_t late = (uint32_t)self->params[0];
  const int draining = (block->flags & RILL_PROCESS_DRAINING) != 0;
  const uint32_t n = draining ? late : block->n_frames;
  float* const out = rill_f32_out(block, 0, 0);
  for (uint32_t i = 0; i < n; ++i) {
    const float in = draining ? 0 : rill_f32_in(block, 0, 0)[i];
    float* const place = &self->state.memory[self->state.n % (late ? late : 1)];
    out[i] = late ? *place : in;
    *place = in;
    ++self->state.n;
  }
  block->out[0]->buffer->n_frames = n;
  return RILL_OK;
}

static int32_t
every_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  uint32_t n = 0;
  for (uint32_t i = 0; i < block->n_frames; ++i, ++self->state.n) {
    if (self->state.n % (int64_t)self->params[0] == 0) {
      rill_f32_out(block, 0, 0)[n++] = rill_f32_in(block, 0, 0)[i];
    }
  }
  block->out[0]->buffer->n_frames = n;
  return RILL_OK;
}

static int32_t
every_derive(struct rill_lib* lib, const struct rill_node_desc* desc,
             const struct rill_host* host, struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  (void)host;
  d->out[0]->format = d->in[0]->format;
  d->out[0]->format.rate /= (uint32_t)d->params[0].i;
  return RILL_OK;
}

static int32_t
twice_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  struct rill_buffer* const out = block->out[0]->buffer;
  const uint32_t total = block->n_frames * 2;
  uint32_t n = 0;
  while (n < out->capacity_frames && self->n_used < total) {
    rill_f32_out(block, 0, 0)[n++] = rill_f32_in(block, 0, 0)[self->n_used++ / 2];
  }
  out->n_frames = n;
  if (self->n_used < total) {
    return RILL_MORE;
  }
  self->n_used = 0;
  return RILL_OK;
}

static int32_t
sum_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  uint32_t n = 0;
  float* const out = rill_f32_out(block, 0, 0);
  for (uint32_t s = 0; s < block->n_in; ++s) {
    if (!block->in[s]->buffer) {
      continue;
    }
    const float* const in = rill_f32_in(block, s, 0);
    for (uint32_t i = 0; i < block->in[s]->buffer->n_frames; ++i) {
      out[i] = i < n ? out[i] + in[i] : in[i];
    }
    n = block->in[s]->buffer->n_frames;
  }
  block->out[0]->buffer->n_frames = n;
  return RILL_OK;
}

static int32_t
mute_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  if (block->in[0]->buffer) {
    memset(rill_f32_out(block, 0, 0), 0, block->n_frames * sizeof(float));
  }
  return RILL_OK;
}

// State ----------------------------------------------------------------------------

static int
has_fault(const struct rill_node* node, enum fault fault)
{
  const struct fake* const self = (const struct fake*)node;
  return !strcmp(self->desc->name, "accum") && (enum fault)self->params[0] == fault;
}

static int32_t
export_state(const struct rill_node* node, const struct rill_writer* to)
{
  const struct fake* const self = (const struct fake*)node;
  static const char waste[1 << 20];
  int32_t rc = has_fault(node, FAULT_EXPORT) ? RILL_ERR_FAILED : RILL_OK;
  for (int i = 0; rc >= 0 && has_fault(node, FAULT_HUGE) && i < 100; ++i) {
    rc = to->write(to->arg, waste, sizeof waste);
  }
  return rc < 0 ? rc : to->write(to->arg, &self->state, sizeof self->state);
}

static int32_t
import_state(struct rill_node* node, uint32_t version, const void* data,
             uint64_t n_bytes)
{
  struct fake* const self = (struct fake*)node;
  if (version != 1 || n_bytes != sizeof self->state ||
      has_fault(node, FAULT_IMPORT)) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB, "this state is not for me");
  }
  memcpy(&self->state, data, sizeof self->state);
  return RILL_OK;
}

static uint64_t
history_frames(const struct rill_node* node)
{
  const struct fake* const self = (const struct fake*)node;
  return !strcmp(self->desc->name, "fir")     ? (uint64_t)self->params[0]
         : !strcmp(self->desc->name, "scale") ? 1
         : !strcmp(self->desc->name, "late")  ? (uint64_t)self->params[0] + 1
                                              : 0;
}

static const struct rill_state_ops state_ops = {
  .size = sizeof state_ops,
  .export_state = export_state,
  .import_state = import_state,
  .history_frames = history_frames,
};

static const void*
get_extension(const struct rill_node* node, const char* id)
{
  const struct fake* const self = (const struct fake*)node;
  return strcmp(id, RILL_EXT_STATE) || !strcmp(self->desc->name, "mute")
           ? NULL
           : &state_ops;
}

// Life -------------------------------------------------------------------------------

static int32_t
fake_reset(struct rill_node* node)
{
  struct fake* const self = (struct fake*)node;
  self->state = (struct state){ 0 };
  self->n_used = 0;
  return RILL_OK;
}

static int32_t
accum_configure(struct rill_node* node, const struct rill_config* config)
{
  (void)config;
  return has_fault(node, FAULT_CONFIGURE)
           ? rill_fail(node, RILL_ERR_BAD_FORMAT, "refused the format as it was told to")
           : RILL_OK;
}

static int32_t
accum_activate(struct rill_node* node, struct rill_activation* activation)
{
  (void)activation;
  return has_fault(node, FAULT_ACTIVATE) ? RILL_ERR_NO_MEMORY : RILL_OK;
}

static void
fake_destroy(struct rill_node* node)
{
  atomic_fetch_sub(&n_alive, 1);
  free(node);
}

#define OPS(name, ...)                                                         \
  static const struct rill_node_ops name##_ops = {                             \
    .size = sizeof name##_ops, .process = name##_process, .reset = fake_reset, \
    .destroy = fake_destroy, .get_extension = get_extension, __VA_ARGS__       \
  };
OPS(count, )
OPS(scale, )
OPS(accum, .configure = accum_configure, .activate = accum_activate)
OPS(fir, )
OPS(late, .activate = late_activate)
OPS(every, )
OPS(twice, )
OPS(sum, )
OPS(see, )
OPS(mute, )

static int32_t
make(const struct rill_node_ops* ops, const struct rill_node_desc* desc,
     const struct rill_host* host, const struct rill_setup* setup,
     struct rill_node** out)
{
  struct rill_node* node = NULL;
  const int32_t rc = rill_new_node(sizeof(struct fake), ops, host, &node);
  if (rc) {
    return rc;
  }
  struct fake* const self = (struct fake*)node;
  self->desc = desc;
  for (uint32_t i = 0; i < setup->n_params; ++i) {
    const struct rill_value* const value = &setup->params[i];
    self->params[i] = value->type == RILL_TYPE_ENUM ? (double)value->i : value->f;
  }
  if (has_fault(node, FAULT_HANG)) {
    pause_ms(300);
  }
  if (has_fault(node, FAULT_CREATE)) {
    free(node);
    return RILL_ERR_FAILED;
  }
  atomic_fetch_add(&n_alive, 1);
  *out = node;
  return RILL_OK;
}

#define CREATE(name)                                                           \
  static int32_t name##_create(                                                \
    struct rill_lib* lib, const struct rill_node_desc* desc,                   \
    const struct rill_host* host, const struct rill_setup* setup,              \
    struct rill_node** out)                                                    \
  {                                                                            \
    (void)lib;                                                                 \
    return make(&name##_ops, desc, host, setup, out);                          \
  }
CREATE(count)
CREATE(scale)
CREATE(accum)
CREATE(fir)
CREATE(late)
CREATE(every)
CREATE(twice)
CREATE(sum)
CREATE(see)
CREATE(mute)

// What they declare --------------------------------------------------------------------

#define NUMBER(name, word, value, live)                                        \
  static const struct rill_param_desc name = {                                 \
    .size = sizeof name, .type = RILL_TYPE_FLOAT, .flags = (live),             \
    .symbol = word, .doc = "a number", .def = value                            \
  };
NUMBER(frames_param, "frames", "0", 0)
NUMBER(pause_param, "pause", "0", 0)
NUMBER(by_param, "by", "1", RILL_PARAM_LIVE)
NUMBER(at_param, "at", "0", RILL_PARAM_STRUCTURAL)
NUMBER(taps_param, "taps", "8", RILL_PARAM_STRUCTURAL)
NUMBER(n_param, "n", "2", RILL_PARAM_STRUCTURAL)
NUMBER(place_param, "place", "0", RILL_PARAM_STRUCTURAL)
static const struct rill_param_desc fault_param = {
  .size = sizeof fault_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "fault",
  .doc = "what goes wrong",
  .def = "none",
  .names = fault_names,
  .n_names = N_FAULTS,
};

static const struct rill_param_desc* const count_params[] = { &frames_param,
                                                              &pause_param };
static const struct rill_param_desc* const scale_params[] = { &by_param };
static const struct rill_param_desc* const accum_params[] = { &fault_param, &at_param };
static const struct rill_param_desc* const fir_params[] = { &taps_param };
static const struct rill_param_desc* const late_params[] = { &frames_param };
static const struct rill_param_desc* const every_params[] = { &n_param };
static const struct rill_param_desc* const see_params[] = { &place_param };

static const uint32_t one_channel[] = { 1 };
static const uint32_t one_rate[] = { 48000 };
static const struct rill_constraint source_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_AMONG(RILL_FIELD_CHANNELS, one_channel),
  RILL_AMONG(RILL_FIELD_RATE, one_rate)
};
static const struct rill_format_set source_set =
  RILL_SET(RILL_KIND_AUDIO, source_demands);
static const struct rill_format_set* const source_sets[] = { &source_set };
static const struct rill_port_desc source_port = {
  sizeof source_port, 1, RILL_OUT, 0, "out", "audio", source_sets, 1, 0
};
static const struct rill_port_desc* const source_ports[] = { &source_port };

static const struct rill_port_desc sink_port = {
  sizeof sink_port, 1, RILL_IN, 0, "in", "audio", rill_f32_in_sets, 1, 0
};
static const struct rill_port_desc* const sink_ports[] = { &sink_port };

static const struct rill_port_desc free_out_port = {
  sizeof free_out_port, 2, RILL_OUT, 0, "out", "audio", rill_f32_out_sets, 1, 0
};
static const struct rill_port_desc* const free_ports[] = { &sink_port,
                                                           &free_out_port };
static const struct rill_port_desc other_rate_port = {
  sizeof other_rate_port, 2, RILL_OUT, 0, "out", "audio", rill_f32_in_sets, 1, 0
};
static const struct rill_port_desc* const other_rate_ports[] = { &sink_port,
                                                                 &other_rate_port };
static const struct rill_port_desc many_port = {
  sizeof many_port, 1, RILL_IN, RILL_PORT_ALIGNED | RILL_PORT_MULTI, "in", "audio",
  rill_f32_in_sets, 1, 0
};
static const struct rill_port_desc* const sum_ports[] = { &many_port,
                                                          &free_out_port };

#define DESC(type, port_list, param_list, count, ...)                          \
  static const struct rill_node_desc type##_desc = {                           \
    .size = sizeof type##_desc, .id = "org.rill.test." #type, .name = #type,   \
    .ports = port_list, .n_ports = RILL_COUNT(port_list),                      \
    .params = param_list, .n_params = (count), .state_version = 1,             \
    .create = type##_create, __VA_ARGS__                                       \
  };
DESC(count, source_ports, count_params, 2, )
DESC(scale, rill_f32_ports, scale_params, 1, )
DESC(accum, rill_f32_ports, accum_params, 2, )
DESC(fir, rill_f32_ports, fir_params, 1, )
DESC(late, free_ports, late_params, 1, )
DESC(every, other_rate_ports, every_params, 1, .derive = every_derive)
DESC(twice, free_ports, NULL, 0, )
DESC(sum, sum_ports, NULL, 0, )
DESC(see, sink_ports, see_params, 1, )
DESC(mute, rill_f32_ports, NULL, 0, )

const struct rill_node_desc* const swap_nodes[] = {
  &count_desc, &scale_desc, &accum_desc, &fir_desc, &late_desc,
  &every_desc, &twice_desc, &sum_desc,   &see_desc, &mute_desc
};
const uint32_t n_swap_nodes = RILL_COUNT(swap_nodes);
