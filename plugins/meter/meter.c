// SPDX-License-Identifier: ISC
// Meter: how loud audio is, as JSON; the audio passes through.
#include "report.h"

#include <rill/rill.h>

#include <math.h>

enum { OUT_AUDIO, OUT_REPORT };
enum { P_INTERVAL, P_TRUE_PEAK, P_DUAL_MONO, P_HISTOGRAM };
enum { MAX_CHANNELS = 64 }; // of libebur128

static const struct rill_constraint in_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_BETWEEN(RILL_FIELD_RATE, 4000, 768000, 0),
  RILL_BETWEEN(RILL_FIELD_CHANNELS, 1, MAX_CHANNELS, 0)
};
static const struct rill_constraint report_demands[] = {
  RILL_SAME(RILL_FIELD_RATE, 1)
};
static const struct rill_format_set in_set =
  RILL_SET(RILL_KIND_AUDIO, in_demands);
static const struct rill_format_set report_set =
  RILL_SET(RILL_KIND_JSON, report_demands);
static const struct rill_format_set* const in_sets[] = { &in_set };
static const struct rill_format_set* const report_sets[] = { &report_set };

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
  .flags = RILL_PORT_OPTIONAL | RILL_PORT_PASSTHROUGH,
  .symbol = "out",
  .doc = "the same audio",
  .formats = rill_f32_out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc report_port = {
  .size = sizeof report_port,
  .id = 3,
  .direction = RILL_OUT,
  .flags = RILL_PORT_OPTIONAL,
  .symbol = "report",
  .doc = "one object at the end, and one after each interval",
  .formats = report_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const meter_ports[] = { &in_port, &out_port,
                                                            &report_port };

static const struct rill_param_desc p_interval = {
  .size = sizeof p_interval,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "interval",
  .doc = "time from report to report; 0: only one at the end",
  .min = 0.0,
  .max = 86400.0,
  .def = "0s",
  .example = "1s",
};
static const struct rill_param_desc p_true_peak = {
  .size = sizeof p_true_peak,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "true_peak",
  .doc = "measure peaks between samples too, which takes most of the time",
  .def = "true",
};
static const struct rill_param_desc p_dual_mono = {
  .size = sizeof p_dual_mono,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "dual_mono",
  .doc = "one channel counts as two equal ones: 3 LU more",
  .def = "false",
};
static const struct rill_param_desc p_histogram = {
  .size = sizeof p_histogram,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "histogram",
  .doc = "for streams without end: integrated loudness and range from steps of "
         "0.1 LU, in memory that does not grow",
  .def = "false",
};
static const struct rill_param_desc* const meter_params[] = {
  [P_INTERVAL] = &p_interval,
  [P_TRUE_PEAK] = &p_true_peak,
  [P_DUAL_MONO] = &p_dual_mono,
  [P_HISTOGRAM] = &p_histogram,
};

struct meter {
  struct rill_node node;
  double interval_s;
  int64_t interval;    // frames; 0: none
  uint32_t n_used;     // frames of an input that is given again
  uint32_t is_begun;
  uint32_t is_reported; // the final report has left
  uint32_t audio_wanted;
  int64_t pts_ns;      // of the first frame
  struct loudness loudness;
};

static int32_t
meter_configure(struct rill_node* node, const struct rill_config* config)
{
  struct meter* const self = (struct meter*)node;
  self->loudness.format = config->in[0]->format;
  self->audio_wanted = config->out[OUT_AUDIO]->connected;
  return RILL_OK;
}

// -- life -------------------------------------------------------------------

static int32_t
meter_reset(struct rill_node* node)
{
  struct meter* const self = (struct meter*)node;
  loudness_reset(&self->loudness);
  self->n_used = 0;
  self->is_begun = 0;
  self->is_reported = 0;
  self->pts_ns = 0;
  return RILL_OK;
}

static int32_t
meter_activate(struct rill_node* node, struct rill_activation* a)
{
  struct meter* const self = (struct meter*)node;
  self->interval = llround(self->interval_s * self->loudness.format.rate);
  if (self->interval_s > 0.0 && !self->interval) {
    self->interval = 1;
  }
  a->out_frames[OUT_REPORT] = REPORT_BYTES;
  if (!loudness_init(&self->loudness)) {
    return RILL_ERR_NO_MEMORY;
  }
  return meter_reset(node);
}

static int32_t
meter_deactivate(struct rill_node* node)
{
  loudness_fini(&((struct meter*)node)->loudness);
  return RILL_OK;
}

static void
meter_destroy(struct rill_node* node)
{
  meter_deactivate(node);
  rill_free_node(node);
}

// -- process ----------------------------------------------------------------

static void
give_report(struct meter* self, struct rill_buffer* to, int is_final)
{
  const uint32_t rate = self->loudness.format.rate;
  const int64_t pos = (int64_t)self->loudness.n_frames;
  struct report report = {
    .time_us = (uint64_t)(rill_frames_to_ns(pos, rate, 1) + 500) / 1000,
    .is_final = is_final,
  };
  if (!to) {
    return;
  }
  loudness_read(&self->loudness, &report.figures);
  to->planes[0].used = report_print(&report, to->planes[0].data);
  to->n_frames = 1;
  to->media_pos = pos;
  to->pts_ns = self->pts_ns + rill_frames_to_ns(pos, rate, 1);
  to->duration_ns = 0;
}

// Frames up to the next report, at most *n*.
static uint32_t
n_until_report(const struct meter* self, uint32_t n)
{
  if (!self->interval) {
    return n;
  }
  const int64_t left =
    self->interval - (int64_t)self->loudness.n_frames % self->interval;
  return left < (int64_t)n ? (uint32_t)left : n;
}

static int
is_report_due(const struct meter* self)
{
  return self->interval &&
         (int64_t)self->loudness.n_frames % self->interval == 0;
}

static int32_t
measure(struct meter* self, const struct rill_process* block)
{
  const struct rill_buffer* const in = block->in[0]->buffer;
  const float* channels[MAX_CHANNELS];
  const uint32_t n = n_until_report(self, in->n_frames - self->n_used);
  for (uint32_t c = 0; c < in->n_planes; ++c) {
    channels[c] = (const float*)in->planes[c].data;
  }
  if (!loudness_add(&self->loudness, channels, self->n_used, n)) {
    return rill_fail(&self->node, RILL_ERR_NO_MEMORY,
                     "out of memory for levels: set histogram to true");
  }
  self->n_used += n;
  if (n && is_report_due(self)) {
    give_report(self, block->out[OUT_REPORT]->buffer, 0);
  }
  return self->n_used < in->n_frames ? RILL_MORE : RILL_OK;
}

static int32_t
meter_process(struct rill_node* node, const struct rill_process* block)
{
  struct meter* const self = (struct meter*)node;
  struct rill_buffer* const in = block->in[0]->buffer;
  int32_t st = RILL_OK;
  if (in && !self->is_begun) {
    self->is_begun = 1;
    self->pts_ns = in->pts_ns;
  }
  if (in && (st = measure(self, block)) == RILL_OK) {
    self->n_used = 0;
    block->out[OUT_AUDIO]->buffer = self->audio_wanted ? in : NULL;
  }
  if (!(block->flags & RILL_PROCESS_DRAINING) || st) {
    return st;
  }
  if (!self->is_reported) {
    self->is_reported = 1;
    give_report(self, block->out[OUT_REPORT]->buffer, 1);
  }
  return RILL_DRAINED;
}

// -- table ------------------------------------------------------------------

static const struct rill_node_ops meter_ops = {
  .size = sizeof meter_ops,
  .configure = meter_configure,
  .activate = meter_activate,
  .process = meter_process,
  .reset = meter_reset,
  .deactivate = meter_deactivate,
  .destroy = meter_destroy,
};

static int32_t
meter_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t st = rill_new_node(sizeof(struct meter), &meter_ops, host, out);
  if (!st) {
    struct meter* const self = (struct meter*)*out;
    self->interval_s = setup->params[P_INTERVAL].f;
    self->loudness.flags =
      (setup->params[P_TRUE_PEAK].i ? LOUDNESS_TRUE_PEAK : 0u) |
      (setup->params[P_DUAL_MONO].i ? LOUDNESS_DUAL_MONO : 0u) |
      (setup->params[P_HISTOGRAM].i ? LOUDNESS_HISTOGRAM : 0u);
  }
  return st;
}

static const struct rill_node_desc meter_desc = {
  .size = sizeof meter_desc,
  .id = "org.rill.meter",
  .name = "meter",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Measures peak, RMS and EBU R128 loudness.",
  .categories = "audio analysis",
  .ports = meter_ports,
  .params = meter_params,
  .n_ports = RILL_COUNT(meter_ports),
  .n_params = RILL_COUNT(meter_params),
  .exec = RILL_EXEC_COMPUTE,
  .create = meter_create,
};

RILL_PLUGIN(&meter_desc);
