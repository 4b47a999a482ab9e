// SPDX-License-Identifier: ISC
// What spectrum declares.
#include "spectrum.h"

#include <math.h>
#include <stdio.h>

static const uint32_t out_ranks[] = { 1, 2 };
static const struct rill_constraint out_demands[] = {
  RILL_IS_F32, RILL_AMONG(RILL_FIELD_RANK, out_ranks)
};
static const struct rill_format_set out_set =
  RILL_SET(RILL_KIND_TENSOR, out_demands);
static const struct rill_format_set* const out_sets[] = { &out_set };
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "a row of numbers for each hop: [bins], or [channels, bins] of more "
         "than one channel",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const spectrum_ports[] = {
  &rill_f32_in_port, &out_port
};

static const char* const view_names[] = { "stft", "logmel" };
static const char* const window_names[] = { "hann", "hamming", "rect" };
static const char* const align_names[] = { "centre", "left" };
static const char* const values_names[] = { "power", "magnitude" };

static const struct rill_param_desc p_view = {
  .size = sizeof p_view,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "view",
  .doc = "stft: all bins, linear; logmel: levels of mel bands in dB",
  .def = "stft",
  .names = view_names,
  .n_names = RILL_COUNT(view_names),
  .example = "logmel",
};
static const struct rill_param_desc p_size = {
  .size = sizeof p_size,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_FRAMES,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "size",
  .doc = "length of the transform and of its window; any number, those with "
         "small factors are fast",
  .min = 2,
  .max = 1048576,
  .def = "512",
  .example = "400",
};
static const struct rill_param_desc p_hop = {
  .size = sizeof p_hop,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "hop",
  .doc = "time from row to row, rounded to whole frames",
  .min = 0.00001,
  .max = 60.0,
  .def = "10ms",
  .example = "12.5ms",
};
static const struct rill_param_desc p_hop_frames = {
  .size = sizeof p_hop_frames,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_FRAMES,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "hop_frames",
  .doc = "the same in frames, instead of hop; 0: hop counts",
  .min = 0,
  .max = 46080000,
  .def = "0",
  .example = "160",
};
static const struct rill_param_desc p_window = {
  .size = sizeof p_window,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "window",
  .doc = "the periodic form of each",
  .def = "hann",
  .names = window_names,
  .n_names = RILL_COUNT(window_names),
};
static const struct rill_param_desc p_align = {
  .size = sizeof p_align,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "align",
  .doc = "where the time of a row stands in its window: at the centre or the "
         "left end",
  .def = "centre",
  .names = align_names,
  .n_names = RILL_COUNT(align_names),
};
static const struct rill_param_desc p_values = {
  .size = sizeof p_values,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "values",
  .doc = "power: |X|^2; magnitude: |X|",
  .def = "power",
  .names = values_names,
  .n_names = RILL_COUNT(values_names),
};
static const struct rill_param_desc p_bands = {
  .size = sizeof p_bands,
  .type = RILL_TYPE_INT,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "bands",
  .doc = "logmel: how many bands",
  .min = 1,
  .max = 1024,
  .def = "40",
  .example = "80",
};
static const struct rill_param_desc p_low = {
  .size = sizeof p_low,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_HZ,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "low",
  .doc = "logmel: where the first band begins",
  .min = 0.0,
  .max = 384000.0,
  .def = "0Hz",
  .example = "20Hz",
};
static const struct rill_param_desc p_high = {
  .size = sizeof p_high,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_HZ,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "high",
  .doc = "logmel: where the last band ends; 0: half the rate",
  .min = 0.0,
  .max = 384000.0,
  .def = "0Hz",
  .example = "7600Hz",
};
static const struct rill_param_desc p_floor = {
  .size = sizeof p_floor,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "floor",
  .doc = "logmel: the lowest level that is given",
  .min = -1000.0,
  .max = 200.0,
  .def = "-100dB",
  .example = "-80dB",
};
static const struct rill_param_desc* const spectrum_params[] = {
  [P_VIEW] = &p_view,     [P_SIZE] = &p_size,
  [P_HOP] = &p_hop,       [P_HOP_FRAMES] = &p_hop_frames,
  [P_WINDOW] = &p_window, [P_ALIGN] = &p_align,
  [P_VALUES] = &p_values, [P_BANDS] = &p_bands,
  [P_LOW] = &p_low,       [P_HIGH] = &p_high,
  [P_FLOOR] = &p_floor,
};

struct spectrum_options
spectrum_options(const struct rill_value* params)
{
  return (struct spectrum_options){
    .frame = { .view = (uint32_t)params[P_VIEW].i,
               .window = (uint32_t)params[P_WINDOW].i,
               .values = (uint32_t)params[P_VALUES].i,
               .floor_db = params[P_FLOOR].f,
               .mel = { .size = (uint32_t)params[P_SIZE].i,
                        .n_bands = (uint32_t)params[P_BANDS].i,
                        .low_hz = params[P_LOW].f,
                        .high_hz = params[P_HIGH].f } },
    .hop_s = params[P_HOP].f,
    .hop_frames = (uint32_t)params[P_HOP_FRAMES].i,
    .align = (uint32_t)params[P_ALIGN].i,
  };
}

void
spectrum_set_rate(struct spectrum_options* o, uint32_t rate)
{
  o->frame.mel.rate = rate;
  if (o->frame.mel.high_hz <= 0.0) {
    o->frame.mel.high_hz = rate / 2.0;
  }
}

uint32_t
spectrum_hop(const struct spectrum_options* o, uint32_t rate)
{
  const long hop = o->hop_frames ? (long)o->hop_frames
                                 : lround(o->hop_s * rate);
  return hop < 1 ? 1 : (uint32_t)hop;
}

int32_t
spectrum_check(const struct spectrum_options* o, const struct rill_host* host)
{
  const struct mel_options* const mel = &o->frame.mel;
  char text[160];
  if (o->frame.view != VIEW_LOGMEL) {
    return RILL_OK;
  }
  if (mel->high_hz > mel->rate / 2.0) {
    snprintf(text, sizeof text, "high is above half the rate of the input, "
             "%u Hz: use high: 0 for exactly that", mel->rate / 2);
  } else if (mel->low_hz >= mel->high_hz) {
    snprintf(text, sizeof text, "low is not below high: choose a lower low or "
             "a higher high, of %u Hz at most", mel->rate / 2);
  } else {
    return RILL_OK;
  }
  host->set_error(host, RILL_ERR_BAD_PARAM, text);
  return RILL_ERR_BAD_PARAM;
}

static int32_t
spectrum_derive(struct rill_lib* lib,
                const struct rill_node_desc* desc,
                const struct rill_host* host,
                struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  struct spectrum_options o = spectrum_options(d->params);
  const uint32_t rate = d->in[0]->format.rate;
  const uint32_t channels = d->in[0]->format.channels;
  spectrum_set_rate(&o, rate);
  const int32_t st = spectrum_check(&o, host);
  if (!st && d->out[0]->connected) {
    struct rill_format f = { .kind = RILL_KIND_TENSOR,
                             .encoding = RILL_ENC_F32,
                             .rate = rate,
                             .rate_den = spectrum_hop(&o, rate),
                             .rank = channels > 1 ? 2 : 1 };
    f.shape[0] = channels;
    f.shape[f.rank - 1] = frames_width(&o.frame);
    d->out[0]->format = f;
  }
  return st;
}

static const struct rill_node_desc spectrum_desc = {
  .size = sizeof spectrum_desc,
  .id = "org.rill.spectrum",
  .name = "spectrum",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC AND GPL-2.0-or-later",
  .doc = "Spectra of audio, as bins or mel bands, for plots and models.",
  .categories = "audio analysis",
  .ports = spectrum_ports,
  .params = spectrum_params,
  .n_ports = RILL_COUNT(spectrum_ports),
  .n_params = RILL_COUNT(spectrum_params),
  .exec = RILL_EXEC_COMPUTE,
  .derive = spectrum_derive,
  .create = spectrum_create,
};

// Plans of other instances, and of other plugins with the same library, may be
// made at the same time.
static int32_t
spectrum_open(const struct rill_host* host,
              const char* origin_path,
              struct rill_lib** out)
{
  (void)host;
  (void)origin_path;
  *out = NULL;
  fftwf_make_planner_thread_safe();
  return RILL_OK;
}

// Never unloaded: FFTW, which another plugin may keep in memory, has been given
// functions of its thread library, which only this one keeps there.
static const struct rill_node_desc* const spectrum_nodes[] = { &spectrum_desc };
RILL_PLUGIN_ENTRY(spectrum_nodes, spectrum_open, NULL, RILL_ENTRY_RESIDENT);
