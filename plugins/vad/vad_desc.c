// SPDX-License-Identifier: ISC
// What vad declares.
#include "vad.h"

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

static const char* const mode_names[] = { "speech", "adaptive", "energy" };
static const struct rill_param_desc p_mode = {
  .size = sizeof p_mode,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "mode",
  .doc = "speech: a small neural net; adaptive: level over a background that is "
         "learnt; energy: a fixed threshold for each frame",
  .def = "speech",
  .names = mode_names,
  .n_names = RILL_COUNT(mode_names),
};
static const struct rill_param_desc p_frame = {
  .size = sizeof p_frame,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
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
  .flags = RILL_PARAM_STRUCTURAL,
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
  .flags = RILL_PARAM_STRUCTURAL,
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
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "hangover",
  .doc = "speech, adaptive: how long speech goes on after its last frame",
  .min = 0.0,
  .max = 10.0,
  .def = "200ms",
  .example = "60ms",
};
static const struct rill_param_desc p_min_speech = {
  .size = sizeof p_min_speech,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "min_speech",
  .doc = "speech, adaptive: shorter speech is none; delays verdicts by as much",
  .min = 0.0,
  .max = 10.0,
  .def = "0s",
  .example = "100ms",
};
static const struct rill_param_desc p_strictness = {
  .size = sizeof p_strictness,
  .type = RILL_TYPE_FLOAT,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "strictness",
  .doc = "speech: how sure the net must be, as a logit; -2 to 2 is useful",
  .min = -20.0,
  .max = 20.0,
  .def = "0",
  .example = "1",
};
static const char* const latency_names[] = { "normal", "low" };
static const struct rill_param_desc p_latency = {
  .size = sizeof p_latency,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "latency",
  .doc = "speech: verdicts 86 ms after a hop, or 46 ms and a little less sure",
  .def = "normal",
  .example = "low",
  .names = latency_names,
  .n_names = RILL_COUNT(latency_names),
};
static const struct rill_param_desc* const vad_params[] = {
  [VAD_MODE] = &p_mode,
  [VAD_FRAME] = &p_frame,
  [VAD_ENERGY_THRESHOLD] = &p_energy_threshold,
  [VAD_THRESHOLD] = &p_threshold,
  [VAD_HANGOVER] = &p_hangover,
  [VAD_MIN_SPEECH] = &p_min_speech,
  [VAD_STRICTNESS] = &p_strictness,
  [VAD_LATENCY] = &p_latency,
};

struct detector_options
vad_options(const struct rill_value* params)
{
  return (struct detector_options){
    .mode = (uint32_t)params[VAD_MODE].i,
    .frame_s = params[VAD_FRAME].f,
    .energy_threshold = params[VAD_ENERGY_THRESHOLD].f,
    .threshold_db = params[VAD_THRESHOLD].f,
    .hangover_s = params[VAD_HANGOVER].f,
    .min_speech_s = params[VAD_MIN_SPEECH].f,
    .strictness = params[VAD_STRICTNESS].f,
    .latency = (uint32_t)params[VAD_LATENCY].i,
  };
}

static int32_t
vad_derive(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  (void)host;
  const struct detector_options options = vad_options(d->params);
  const uint32_t rate = d->in[VAD_IN]->format.rate;
  if (d->out[VAD_SPEECH]->connected) {
    d->out[VAD_SPEECH]->format = (struct rill_format){
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
