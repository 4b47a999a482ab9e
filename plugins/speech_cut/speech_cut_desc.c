// SPDX-License-Identifier: ISC
// What speech.cut declares.
#include "speech_cut.h"

static const uint32_t rank_1[] = { 1 };
static const struct rill_constraint speech_demands[] = {
  RILL_IS_F32, RILL_AMONG(RILL_FIELD_RANK, rank_1)
};
static const struct rill_constraint cut_demands[] = {
  RILL_SAME(RILL_FIELD_ENCODING, 1), RILL_SAME(RILL_FIELD_RATE, 1),
  RILL_SAME(RILL_FIELD_CHANNELS, 1), RILL_SAME(RILL_FIELD_PACKING, 1)
};
static const struct rill_constraint json_demands[] = {
  RILL_SAME(RILL_FIELD_RATE, 1)
};
static const struct rill_format_set audio_set = RILL_ANY(RILL_KIND_AUDIO);
static const struct rill_format_set speech_set =
  RILL_SET(RILL_KIND_TENSOR, speech_demands);
static const struct rill_format_set cut_set =
  RILL_SET(RILL_KIND_AUDIO, cut_demands);
static const struct rill_format_set json_set =
  RILL_SET(RILL_KIND_JSON, json_demands);
static const struct rill_format_set* const audio_sets[] = { &audio_set };
static const struct rill_format_set* const speech_sets[] = { &speech_set };
static const struct rill_format_set* const cut_sets[] = { &cut_set };
static const struct rill_format_set* const json_sets[] = { &json_set };

static const struct rill_port_desc audio_port = {
  .size = sizeof audio_port,
  .id = 1,
  .direction = RILL_IN,
  .symbol = "audio",
  .doc = "what is cut",
  .formats = audio_sets,
  .n_formats = 1,
};
static const struct rill_port_desc speech_port = {
  .size = sizeof speech_port,
  .id = 2,
  .direction = RILL_IN,
  .symbol = "speech",
  .doc = "rows of 1 or 0 and the confidence, as vad.speech gives them",
  .formats = speech_sets,
  .n_formats = 1,
};
static const struct rill_port_desc cut_port = {
  .size = sizeof cut_port,
  .id = 3,
  .direction = RILL_OUT,
  .flags = RILL_PORT_OPTIONAL | RILL_PORT_PASSTHROUGH,
  .symbol = "audio",
  .doc = "the speech: a stream_id for each segment, from 1",
  .formats = cut_sets,
  .n_formats = 1,
};
static const struct rill_port_desc segments_port = {
  .size = sizeof segments_port,
  .id = 4,
  .direction = RILL_OUT,
  .flags = RILL_PORT_OPTIONAL,
  .symbol = "segments",
  .doc = "start, end and confidence of each segment, when it has ended",
  .formats = json_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const cut_ports[] = {
  &audio_port, &speech_port, &cut_port, &segments_port
};

static const struct rill_param_desc p_pad = {
  .size = sizeof p_pad,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "pad",
  .doc = "how much is kept before and after speech",
  .min = 0.0,
  .max = 60.0,
  .def = "50ms",
  .example = "100ms",
};
static const struct rill_param_desc p_min_length = {
  .size = sizeof p_min_length,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "min_length",
  .doc = "speech that is shorter, without pads, is dropped",
  .min = 0.0,
  .max = 3600.0,
  .def = "0s",
  .example = "250ms",
};
static const struct rill_param_desc p_min_gap = {
  .size = sizeof p_min_gap,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "min_gap",
  .doc = "a shorter pause does not end a segment",
  .min = 0.0,
  .max = 3600.0,
  .def = "100ms",
  .example = "500ms",
};
static const struct rill_param_desc p_max_length = {
  .size = sizeof p_max_length,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "max_length",
  .doc = "a longer segment is cut into pieces of this length; 0: never",
  .min = 0.0,
  .max = 86400.0,
  .def = "0s",
  .example = "30s",
};
static const struct rill_param_desc* const cut_params[] = {
  [CUT_PAD] = &p_pad,
  [CUT_MIN_LENGTH] = &p_min_length,
  [CUT_MIN_GAP] = &p_min_gap,
  [CUT_MAX_LENGTH] = &p_max_length,
};

static const struct rill_node_desc cut_desc = {
  .size = sizeof cut_desc,
  .id = "org.rill.speech.cut",
  .name = "speech.cut",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Cuts speech out of audio, each utterance a segment of its own.",
  .categories = "audio speech",
  .ports = cut_ports,
  .params = cut_params,
  .n_ports = RILL_COUNT(cut_ports),
  .n_params = RILL_COUNT(cut_params),
  .exec = RILL_EXEC_COMPUTE,
  .create = cut_create,
};

RILL_PLUGIN(&cut_desc);
