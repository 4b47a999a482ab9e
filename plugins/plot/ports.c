// SPDX-License-Identifier: ISC
#include "ports.h"

static const struct rill_constraint audio_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR,
  RILL_BETWEEN(RILL_FIELD_RATE, 1, INT32_MAX, 0),
  RILL_BETWEEN(RILL_FIELD_CHANNELS, 1, PLOT_MAX_CHANNELS, 0)
};
static const struct rill_format_set audio_set =
  RILL_SET(RILL_KIND_AUDIO, audio_demands);
static const struct rill_format_set* const audio_sets[] = { &audio_set };
static const struct rill_format_set marks_set = RILL_ANY(RILL_KIND_JSON);
static const struct rill_format_set* const marks_sets[] = { &marks_set };

static const struct rill_port_desc audio_port = {
  .size = sizeof audio_port,
  .id = 1,
  .direction = RILL_IN,
  .flags = RILL_PORT_UNORDERED,
  .symbol = "audio",
  .doc = "what is drawn",
  .formats = audio_sets,
  .n_formats = 1,
};
static const struct rill_port_desc marks_port = {
  .size = sizeof marks_port,
  .id = 2,
  .direction = RILL_IN,
  .flags = RILL_PORT_OPTIONAL | RILL_PORT_UNORDERED,
  .symbol = "marks",
  .doc = "objects with start and end in seconds, perhaps label and confidence",
  .formats = marks_sets,
  .n_formats = 1,
};
const struct rill_port_desc* const plot_ports[N_PORTS] = {
  [AUDIO] = &audio_port,
  [MARKS] = &marks_port,
};

static const char* const view_names[] = { "both", "waveform", "spectrogram" };

static const struct rill_param_desc p_path = {
  .size = sizeof p_path,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "the PNG to write, whole or not at all",
  .example = "talk.png",
};
static const struct rill_param_desc p_width = {
  .size = sizeof p_width,
  .type = RILL_TYPE_INT,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "width",
  .doc = "of the picture, in pixels",
  .min = 320,
  .max = PLOT_MAX_WIDTH,
  .def = "1600",
  .example = "3200",
};
static const struct rill_param_desc p_height = {
  .size = sizeof p_height,
  .type = RILL_TYPE_INT,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "height",
  .doc = "of the picture, in pixels",
  .min = 200,
  .max = 8192,
  .def = "700",
  .example = "1400",
};
static const struct rill_param_desc p_view = {
  .size = sizeof p_view,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "view",
  .doc = "what is drawn: the waveform, the spectrogram below it, or one alone",
  .def = "both",
  .names = view_names,
  .n_names = RILL_COUNT(view_names),
  .example = "waveform",
};
static const struct rill_param_desc p_range = {
  .size = sizeof p_range,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "range",
  .doc = "levels that the colours span, downwards from the loudest",
  .min = 10.0,
  .max = 200.0,
  .def = "90dB",
  .example = "60dB",
};
static const struct rill_param_desc p_fft = {
  .size = sizeof p_fft,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_FRAMES,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "fft",
  .doc = "length of the transform: longer tells pitches apart, shorter times",
  .min = 32,
  .max = 65536,
  .def = "1024",
  .example = "512",
};
static const struct rill_param_desc p_title = {
  .size = sizeof p_title,
  .type = RILL_TYPE_STRING,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "title",
  .doc = "stands above the picture",
  .def = "",
  .example = "Talk of Monday",
};

const struct rill_param_desc* const plot_params[N_PARAMS] = {
  [P_PATH] = &p_path,   [P_WIDTH] = &p_width, [P_HEIGHT] = &p_height,
  [P_VIEW] = &p_view,   [P_RANGE] = &p_range, [P_FFT] = &p_fft,
  [P_TITLE] = &p_title,
};
