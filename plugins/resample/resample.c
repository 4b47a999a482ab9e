// SPDX-License-Identifier: ISC
// Resample: the same audio at another rate. The filters are those of libsoxr;
// this file counts frames, so that none is missing and none is too many.
#include <rill/rill.h>

#include <soxr.h>

enum { PARAM_RATE, PARAM_QUALITY, N_PARAMS };
enum { MAX_RATE = 768000, MAX_OUT_FRAMES = 65536 };
// Frames of the lower rate that the filters hold back, at most: measured.
enum { HELD_FRAMES = 2048 };
// libsoxr gives in bursts: room for most of them saves a second call.
enum { BURST_FRAMES = 1024 };

static const char* const quality_names[] = { "low", "medium", "high",
                                             "very-high" };
static const unsigned long recipes[] = { SOXR_LQ, SOXR_MQ, SOXR_HQ, SOXR_VHQ };

static const struct rill_param_desc rate_param = {
  .size = sizeof rate_param,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_HZ,
  .flags = RILL_PARAM_REQUIRED,
  .symbol = "rate",
  .doc = "frames a second of the output",
  .min = 1,
  .max = MAX_RATE,
  .example = "16kHz",
};
static const struct rill_param_desc quality_param = {
  .size = sizeof quality_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "quality",
  .doc = "how much of the band stays, and how little of the rest",
  .def = "high",
  .names = quality_names,
  .n_names = RILL_COUNT(quality_names),
  .example = "low",
};
static const struct rill_param_desc* const resample_params[] = {
  &rate_param, &quality_param
};

static const struct rill_constraint in_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_BETWEEN(RILL_FIELD_RATE, 1, MAX_RATE, 0)
};
static const struct rill_constraint out_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_FROM(RILL_FIELD_RATE, "rate"),
  RILL_SAME(RILL_FIELD_CHANNELS, 1)
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
  .doc = "audio",
  .formats = in_sets,
  .n_formats = 1,
};
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "the same at the other rate",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const resample_ports[] = {
  &in_port, &out_port
};

// Where the stream is. Output frame 0 belongs to input frame 0.
struct place {
  uint64_t n_in;  // frames taken
  uint64_t n_out; // frames given
  uint32_t fed;   // of the input buffer that MORE asked for again
  uint32_t stream_id;
  int64_t first_pos; // of output frame 0
  int64_t first_ns;
};

struct resample {
  struct rill_node node;
  uint32_t recipe; // index of the quality
  uint32_t in_rate;
  uint32_t out_rate;
  uint32_t channels;
  soxr_t soxr; // null: not active, or both rates are the same
  const void** in_planes;
  void** out_planes;
  struct place now;
};

// n * out_rate / in_rate to the nearest, halves up; whole seconds apart, so
// that nothing overflows.
static uint64_t
scaled(const struct resample* self, uint64_t n_frames)
{
  const uint64_t in = self->in_rate;
  const uint64_t out = self->out_rate;
  return n_frames / in * out + (n_frames % in * out * 2 + in) / (2 * in);
}

static int32_t
resample_configure(struct rill_node* node, const struct rill_config* config)
{
  struct resample* const self = (struct resample*)node;
  self->in_rate = config->in[0]->format.rate;
  self->out_rate = config->out[0]->format.rate;
  self->channels = config->in[0]->format.channels;
  return RILL_OK;
}

static int32_t
resample_deactivate(struct rill_node* node)
{
  struct resample* const self = (struct resample*)node;
  soxr_delete(self->soxr);
  free((void*)self->in_planes);
  free(self->out_planes);
  self->soxr = NULL;
  self->in_planes = NULL;
  self->out_planes = NULL;
  return RILL_OK;
}

static int32_t
open_soxr(struct resample* self)
{
  const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_S, SOXR_FLOAT32_S);
  const soxr_quality_spec_t quality =
    soxr_quality_spec(recipes[self->recipe], 0);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1); // no threads
  soxr_error_t error = NULL;

  self->in_planes = (const void**)calloc(self->channels, sizeof(void*));
  self->out_planes = (void**)calloc(self->channels, sizeof(void*));
  if (!self->in_planes || !self->out_planes) {
    return RILL_ERR_NO_MEMORY;
  }
  self->soxr = soxr_create(self->in_rate, self->out_rate, self->channels,
                           &error, &io, &quality, &runtime);
  return self->soxr ? RILL_OK
                    : rill_fail(&self->node, RILL_ERR_FAILED,
                                error ? error : "soxr gave no resampler");
}

// Latency stays 0: libsoxr swallows the delay of its filters at the start and
// gives it back at the end, so frame for frame nothing is late.
static int32_t
resample_activate(struct rill_node* node, struct rill_activation* activation)
{
  struct resample* const self = (struct resample*)node;
  const uint64_t in = self->in_rate;
  const uint64_t out = self->out_rate;
  self->now = (struct place){ 0 };
  if (in == out) {
    return RILL_OK;
  }

  const uint64_t least = activation->max_in_frames * out / in + 1;
  const uint64_t frames = least + (least < BURST_FRAMES ? least : BURST_FRAMES);
  const uint64_t tail = out > in ? HELD_FRAMES * out / in : HELD_FRAMES;
  activation->out_frames[0] =
    frames < MAX_OUT_FRAMES ? (uint32_t)frames : MAX_OUT_FRAMES;
  activation->tail_frames = (uint32_t)tail;

  const int32_t st = open_soxr(self);
  if (st) {
    resample_deactivate(node);
  }
  return st;
}

static void
set_place(struct resample* self, struct rill_buffer* out, uint32_t n_frames)
{
  struct place* const now = &self->now;
  out->n_frames = n_frames;
  out->media_pos = now->first_pos + (int64_t)now->n_out;
  out->pts_ns = now->first_ns +
                rill_frames_to_ns((int64_t)now->n_out, self->out_rate, 1);
  out->duration_ns = rill_frames_to_ns(n_frames, self->out_rate, 1);
  out->stream_id = now->stream_id;
  now->n_out += n_frames;
}

static void
set_out_planes(struct resample* self, const struct rill_buffer* out, size_t at)
{
  for (uint32_t c = 0; c < self->channels; ++c) {
    self->out_planes[c] = (float*)out->planes[c].data + at;
  }
}

static void
set_in_planes(struct resample* self, const struct rill_buffer* in, size_t at)
{
  for (uint32_t c = 0; c < self->channels; ++c) {
    self->in_planes[c] = (const float*)in->planes[c].data + at;
  }
}

static void
start_place(struct resample* self, const struct rill_buffer* in)
{
  struct place* const now = &self->now;
  if (!now->n_in) {
    const int64_t pos = in->media_pos;
    now->first_pos = pos < 0 ? 0 : (int64_t)scaled(self, (uint64_t)pos);
    now->first_ns = in->pts_ns;
    now->stream_id = in->stream_id;
  }
}

// Until the input is taken or the output is full: libsoxr takes at once no
// more than it believes the output to have room for.
static soxr_error_t
convert(struct resample* self,
        const struct rill_buffer* in,
        const struct rill_buffer* out,
        size_t* n_made)
{
  const size_t room = out->capacity_frames;
  struct place* const now = &self->now;
  do {
    size_t n_taken = 0;
    size_t n_more = 0;
    set_in_planes(self, in, now->fed);
    set_out_planes(self, out, *n_made);
    const soxr_error_t error =
      soxr_process(self->soxr, (soxr_in_t)self->in_planes,
                   in->n_frames - now->fed, &n_taken,
                   (soxr_out_t)self->out_planes, room - *n_made, &n_more);
    if (error) {
      return error;
    }
    now->n_in += n_taken;
    now->fed += (uint32_t)n_taken;
    *n_made += n_more;
    if (!n_taken && !n_more && now->fed < in->n_frames) {
      return "libsoxr takes no input although there is room for output";
    }
  } while (now->fed < in->n_frames && *n_made < room);
  return NULL;
}

static int32_t
take(struct resample* self,
     const struct rill_buffer* in,
     struct rill_buffer* out)
{
  size_t n_made = 0;
  start_place(self, in);
  const soxr_error_t error = convert(self, in, out, &n_made);
  if (error) {
    return rill_fail(&self->node, RILL_ERR_FAILED, error);
  }

  set_place(self, out, (uint32_t)n_made);
  if (n_made == out->capacity_frames) {
    return RILL_MORE; // there may be more in the filters, or in the input
  }
  self->now.fed = 0;
  return n_made ? RILL_OK : RILL_NEED_INPUT;
}

// Exactly the frames that are missing: the rule holds whatever libsoxr's own
// count says.
static int32_t
flush(struct resample* self, struct rill_buffer* out)
{
  const uint64_t missing = scaled(self, self->now.n_in) - self->now.n_out;
  const uint32_t want = missing < out->capacity_frames ? (uint32_t)missing
                                                       : out->capacity_frames;
  size_t n_made = 0;
  if (!want) {
    return RILL_DRAINED;
  }

  set_out_planes(self, out, 0);
  const soxr_error_t error = soxr_process(
    self->soxr, NULL, 0, NULL, (soxr_out_t)self->out_planes, want, &n_made);
  if (error) {
    return rill_fail(&self->node, RILL_ERR_FAILED, error);
  }
  for (uint32_t c = 0; c < self->channels; ++c) {
    memset((float*)self->out_planes[c] + n_made, 0,
           (want - n_made) * sizeof(float));
  }
  set_place(self, out, want);
  return want < missing ? RILL_TAIL : RILL_DRAINED;
}

static int32_t
resample_process(struct rill_node* node, const struct rill_process* block)
{
  struct resample* const self = (struct resample*)node;
  struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_io* const out = block->out[0];

  if (!self->soxr) {
    out->buffer = in;
    return block->flags & RILL_PROCESS_DRAINING ? RILL_DRAINED : RILL_OK;
  }
  if (in && in->n_frames) {
    return take(self, in, out->buffer);
  }
  return block->flags & RILL_PROCESS_DRAINING ? flush(self, out->buffer)
                                              : RILL_NEED_INPUT;
}

static int32_t
resample_reset(struct rill_node* node)
{
  struct resample* const self = (struct resample*)node;
  self->now = (struct place){ 0 };
  const soxr_error_t error = self->soxr ? soxr_clear(self->soxr) : NULL;
  return error ? rill_fail(node, RILL_ERR_FAILED, error) : RILL_OK;
}

static void
resample_destroy(struct rill_node* node)
{
  resample_deactivate(node);
  rill_free_node(node);
}

static const struct rill_node_ops resample_ops = {
  .size = sizeof resample_ops,
  .configure = resample_configure,
  .activate = resample_activate,
  .process = resample_process,
  .reset = resample_reset,
  .deactivate = resample_deactivate,
  .destroy = resample_destroy,
};

static int32_t
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
    ((struct resample*)*out)->recipe =
      (uint32_t)setup->params[PARAM_QUALITY].i;
  }
  return st;
}

static const struct rill_node_desc resample_desc = {
  .size = sizeof resample_desc,
  .id = "org.rill.resample",
  .name = "resample",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Changes the sample rate.",
  .categories = "audio converter",
  .ports = resample_ports,
  .params = resample_params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .create = resample_create,
};

// Not UNLOAD_SAFE: libgomp, which libsoxr is linked with, loses memory each time
// it is unloaded.
static const struct rill_node_desc* const nodes[] = { &resample_desc };
RILL_PLUGIN_ENTRY(nodes, 0, 0, 0);
