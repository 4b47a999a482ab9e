// SPDX-License-Identifier: ISC
// Voice activity: a verdict for each hop, as rows of a tensor and as metas of
// the audio, which passes through.
#include "detector.h"
#include "marks.h"

#include <rill/rill.h>

enum { IN, OUT = 0, SPEECH = 1 };
enum {
  P_MODE,
  P_FRAME,
  P_ENERGY_THRESHOLD,
  P_THRESHOLD,
  P_HANGOVER,
  P_MIN_SPEECH
};

static const struct rill_constraint in_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_BETWEEN(RILL_FIELD_RATE, 4000, 768000, 0)
};
static const struct rill_format_set in_set =
  RILL_SET(RILL_KIND_AUDIO, in_demands);
static const struct rill_format_set* const in_sets[] = { &in_set };
static const uint32_t rank_1[] = { 1 };
static const struct rill_constraint speech_demands[] = {
  RILL_IS_F32, RILL_AMONG(RILL_FIELD_RANK, rank_1)
};
static const struct rill_format_set speech_set =
  RILL_SET(RILL_KIND_TENSOR, speech_demands);
static const struct rill_format_set* const speech_sets[] = { &speech_set };

static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .symbol = "in",
  .doc = "audio; several channels are judged by their mean",
  .formats = in_sets,
  .n_formats = 1,
};
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .flags = RILL_PORT_OPTIONAL | RILL_PORT_PASSTHROUGH,
  .symbol = "out",
  .doc = "the same audio, marked with speech and confidence",
  .formats = rill_f32_out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc speech_port = {
  .size = sizeof speech_port,
  .id = 3,
  .direction = RILL_OUT,
  .flags = RILL_PORT_OPTIONAL,
  .symbol = "speech",
  .doc = "a row for each hop: 1 speech or 0 none, confidence 0 to 1",
  .formats = speech_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const vad_ports[] = { &in_port, &out_port,
                                                          &speech_port };

static const char* const mode_names[] = { "adaptive", "energy" };
static const struct rill_param_desc p_mode = {
  .size = sizeof p_mode,
  .type = RILL_TYPE_ENUM,
  .symbol = "mode",
  .doc = "adaptive: level over a background that is learnt; energy: a fixed "
         "threshold for each frame",
  .def = "adaptive",
  .names = mode_names,
  .n_names = RILL_COUNT(mode_names),
};
static const struct rill_param_desc p_frame = {
  .size = sizeof p_frame,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .symbol = "frame",
  .doc = "energy: length of a frame",
  .min = 0.001,
  .max = 1.0,
  .def = "30ms",
  .example = "20ms",
};
static const struct rill_param_desc p_energy_threshold = {
  .size = sizeof p_energy_threshold,
  .type = RILL_TYPE_FLOAT,
  .symbol = "energy_threshold",
  .doc = "energy: a frame with more than this is speech",
  .min = 0.0,
  .max = 1e9,
  .def = "0.01",
  .example = "0.1",
};
static const struct rill_param_desc p_threshold = {
  .size = sizeof p_threshold,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .symbol = "threshold",
  .doc = "adaptive: speech begins so far above the background, as a mean over "
         "bands, and ends at 0.6 of it",
  .min = 0.1,
  .max = 30.0,
  .def = "1.5dB",
  .example = "2dB",
};
static const struct rill_param_desc p_hangover = {
  .size = sizeof p_hangover,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .symbol = "hangover",
  .doc = "adaptive: how long speech goes on after its last frame",
  .min = 0.0,
  .max = 10.0,
  .def = "200ms",
  .example = "60ms",
};
static const struct rill_param_desc p_min_speech = {
  .size = sizeof p_min_speech,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .symbol = "min_speech",
  .doc = "adaptive: shorter speech is none; delays verdicts by as much",
  .min = 0.0,
  .max = 10.0,
  .def = "0s",
  .example = "100ms",
};
static const struct rill_param_desc* const vad_params[] = {
  [P_MODE] = &p_mode,
  [P_FRAME] = &p_frame,
  [P_ENERGY_THRESHOLD] = &p_energy_threshold,
  [P_THRESHOLD] = &p_threshold,
  [P_HANGOVER] = &p_hangover,
  [P_MIN_SPEECH] = &p_min_speech,
};

struct vad {
  struct rill_node node;
  struct detector_options options;
  uint32_t rate;
  uint32_t marks_wanted; // `out` is connected
  uint32_t is_taken; // the input of a call that is repeated
  uint32_t is_begun;
  int64_t pts_ns; // of the first frame
  int64_t first_row; // the hop of the source that the first frame lies in
  uint64_t n_rows; // given so far
  struct verdicts rows; // of this call
  uint32_t max_rows;
  struct detector detector;
  struct marks marks;
};

static struct detector_options
options_of(const struct rill_value* params)
{
  return (struct detector_options){
    .mode = (uint32_t)params[P_MODE].i,
    .frame_s = params[P_FRAME].f,
    .energy_threshold = params[P_ENERGY_THRESHOLD].f,
    .threshold_db = params[P_THRESHOLD].f,
    .hangover_s = params[P_HANGOVER].f,
    .min_speech_s = params[P_MIN_SPEECH].f,
  };
}

// -- formats ----------------------------------------------------------------

static int32_t
vad_derive(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  (void)host;
  const struct detector_options options = options_of(d->params);
  const uint32_t rate = d->in[IN]->format.rate;
  if (d->out[SPEECH]->connected) {
    d->out[SPEECH]->format = (struct rill_format){
      .kind = RILL_KIND_TENSOR,
      .encoding = RILL_ENC_F32,
      .rate = rate,
      .rate_den = detector_hop(&options, rate),
      .rank = 1,
      .shape = { 2 },
    };
  }
  return RILL_OK;
}

static int32_t
vad_configure(struct rill_node* node, const struct rill_config* config)
{
  struct vad* const self = (struct vad*)node;
  self->rate = config->in[IN]->format.rate;
  self->marks_wanted = config->out[OUT]->connected;
  return RILL_OK;
}

// -- life -------------------------------------------------------------------

static int32_t
vad_reset(struct rill_node* node)
{
  struct vad* const self = (struct vad*)node;
  detector_reset(&self->detector);
  marks_reset(&self->marks);
  self->n_rows = 0;
  self->is_taken = 0;
  self->is_begun = 0;
  self->first_row = 0;
  self->pts_ns = 0;
  return RILL_OK;
}

static int32_t
vad_deactivate(struct rill_node* node)
{
  struct vad* const self = (struct vad*)node;
  detector_fini(&self->detector);
  marks_fini(&self->marks);
  free(self->rows.at);
  self->rows.at = NULL;
  return RILL_OK;
}

// Frames whose verdict can be open.
static uint32_t
open_frames(const struct detector* d)
{
  const uint64_t n =
    (uint64_t)(1 + TRACKER_AHEAD + d->gate.n_least) * d->hop + d->window;
  return n < UINT32_MAX / 2 ? (uint32_t)n : UINT32_MAX / 2;
}

static int32_t
vad_activate(struct rill_node* node, struct rill_activation* a)
{
  struct vad* const self = (struct vad*)node;
  if (!detector_init(&self->detector, &self->options, self->rate)) {
    return RILL_ERR_NO_MEMORY;
  }
  self->max_rows = detector_max_verdicts(&self->detector, a->max_in_frames);
  self->rows.at = calloc(self->max_rows, sizeof *self->rows.at);
  if (!self->rows.at) {
    detector_fini(&self->detector);
    return RILL_ERR_NO_MEMORY;
  }
  self->marks = (struct marks){ .host = node->host,
                                .hop = self->detector.hop };
  a->out_frames[SPEECH] = self->max_rows;
  if (self->marks_wanted) {
    const uint32_t n = open_frames(&self->detector);
    a->tail_frames = n + a->max_in_frames;
    a->held_buffers = n / (a->max_in_frames ? a->max_in_frames : 1) + 2;
  }
  return vad_reset(node);
}

static void
vad_destroy(struct rill_node* node)
{
  vad_deactivate(node);
  rill_free_node(node);
}

// -- process ----------------------------------------------------------------

// The mean of all channels, in the order of channels.
VAD_FAST static void
mix(const struct rill_buffer* b, uint32_t first, uint32_t n, float* restrict to)
{
  const float part = 1.0f / (float)b->n_planes;
  for (uint32_t c = 0; c < b->n_planes; ++c) {
    const float* restrict from = (const float*)b->planes[c].data + first;
    for (uint32_t i = 0; i < n; ++i) {
      to[i] = c ? to[i] + from[i] : from[i];
    }
  }
  for (uint32_t i = 0; b->n_planes > 1 && i < n; ++i) {
    to[i] *= part;
  }
}

static int32_t
take(struct vad* self, struct rill_buffer* b)
{
  if (!self->is_begun) {
    self->is_begun = 1;
    self->pts_ns = b->pts_ns;
    self->first_row = b->media_pos / self->detector.hop;
  }
  for (uint32_t done = 0; done < b->n_frames;) {
    uint32_t n = b->n_frames - done;
    float* const room = detector_room(&self->detector, &n);
    mix(b, done, n, room);
    detector_advance(&self->detector, n, &self->rows);
    done += n;
  }
  return self->marks_wanted ? marks_hold(&self->marks, b) : RILL_OK;
}

static void
give_rows(struct vad* self, const struct rill_io* io)
{
  struct rill_buffer* const b = io->buffer;
  const uint32_t n = self->rows.n;
  const uint32_t hop = self->detector.hop;
  if (b && n) {
    for (uint32_t i = 0; i < n; ++i) {
      char* const row =
        (char*)b->planes[0].data + (int64_t)i * b->planes[0].row_stride;
      memcpy(row, &self->rows.at[i], sizeof(struct verdict));
    }
    b->n_frames = n;
    b->media_pos = self->first_row + (int64_t)self->n_rows;
    b->pts_ns = self->pts_ns +
                rill_frames_to_ns((int64_t)self->n_rows, self->rate, hop);
    b->duration_ns = rill_frames_to_ns(n, self->rate, hop);
  }
  self->n_rows += n;
}

static int32_t
give_marked(struct vad* self, struct rill_io* io)
{
  if (!self->marks_wanted || !marks_ready(&self->marks)) {
    return RILL_OK;
  }
  io->buffer = marks_take(&self->marks);
  return io->buffer ? RILL_OK : RILL_ERR_NO_MEMORY;
}

// What is new in this call; nothing when it is repeated for its outputs.
static int32_t
take_in(struct vad* self, const struct rill_process* block)
{
  const int draining = (block->flags & RILL_PROCESS_DRAINING) != 0;
  int32_t st = RILL_OK;
  self->rows.n = 0;
  if (!self->is_taken && block->in[IN]->buffer) {
    st = take(self, block->in[IN]->buffer);
  }
  if (draining && !self->marks.is_over) {
    detector_end(&self->detector, &self->rows);
    self->marks.is_over = 1;
  }
  if (!st && self->marks_wanted) {
    st = marks_add(&self->marks, self->rows.at, self->rows.n);
  }
  return st;
}

static int32_t
vad_process(struct rill_node* node, const struct rill_process* block)
{
  struct vad* const self = (struct vad*)node;
  int32_t st = take_in(self, block);
  give_rows(self, block->out[SPEECH]);
  if (!st) {
    st = give_marked(self, block->out[OUT]);
  }
  if (st) {
    return rill_fail(node, st, "out of memory for verdicts: use smaller blocks "
                               "or fewer nodes");
  }
  self->is_taken = self->marks_wanted && marks_ready(&self->marks);
  if (block->flags & RILL_PROCESS_DRAINING) {
    return self->is_taken ? RILL_TAIL : RILL_DRAINED;
  }
  return self->is_taken ? RILL_MORE : RILL_OK;
}

// -- table ------------------------------------------------------------------

static const struct rill_node_ops vad_ops = {
  .size = sizeof vad_ops,
  .configure = vad_configure,
  .activate = vad_activate,
  .process = vad_process,
  .reset = vad_reset,
  .deactivate = vad_deactivate,
  .destroy = vad_destroy,
};

static int32_t
vad_create(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           const struct rill_setup* setup,
           struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t st = rill_new_node(sizeof(struct vad), &vad_ops, host, out);
  if (!st) {
    ((struct vad*)*out)->options = options_of(setup->params);
    ((struct vad*)*out)->marks.host = host;
  }
  return st;
}

static const struct rill_node_desc vad_desc = {
  .size = sizeof vad_desc,
  .id = "org.rill.vad",
  .name = "vad",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Finds where in audio somebody speaks.",
  .categories = "audio analysis speech",
  .ports = vad_ports,
  .params = vad_params,
  .n_ports = RILL_COUNT(vad_ports),
  .n_params = RILL_COUNT(vad_params),
  .exec = RILL_EXEC_COMPUTE,
  .derive = vad_derive,
  .create = vad_create,
};

RILL_PLUGIN(&vad_desc);
