// SPDX-License-Identifier: ISC
#include "params.h"

#include <rill/helpers.h>

static const char* const wave_names[] = { "sine",    "sweep",  "noise",
                                          "impulse", "silence", "square",
                                          "saw" };
static const char* const colour_names[] = { "white", "pink" };

static const struct rill_param_desc wave_param = {
  .size = sizeof wave_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "wave",
  .doc = "the signal",
  .def = "sine",
  .names = wave_names,
  .n_names = RILL_COUNT(wave_names),
  .example = "sweep",
};
static const struct rill_param_desc frequency_param = {
  .size = sizeof frequency_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_HZ,
  .symbol = "frequency",
  .doc = "of sine, square and saw; of a sweep at its start",
  .min = 0.001,
  .max = 384000,
  .def = "1kHz",
  .example = "440Hz",
};
static const struct rill_param_desc to_param = {
  .size = sizeof to_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_HZ,
  .symbol = "to",
  .doc = "frequency of a sweep at its end",
  .min = 0.001,
  .max = 384000,
  .def = "20kHz",
  .example = "8kHz",
};
static const struct rill_param_desc level_param = {
  .size = sizeof level_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .symbol = "level",
  .doc = "of the peaks, against full scale",
  .min = -200,
  .max = 20,
  .def = "-6dB",
  .example = "-20dB",
};
static const struct rill_param_desc colour_param = {
  .size = sizeof colour_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "colour",
  .doc = "of noise: as much in each hertz, or in each octave",
  .def = "white",
  .names = colour_names,
  .n_names = RILL_COUNT(colour_names),
  .example = "pink",
};
static const struct rill_param_desc length_param = {
  .size = sizeof length_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .symbol = "length",
  .doc = "how long it lasts; 0: until the graph is stopped",
  .min = 0,
  .max = 31536000,
  .def = "0s",
  .example = "10s",
};
static const struct rill_param_desc rate_param = {
  .size = sizeof rate_param,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_HZ,
  .symbol = "rate",
  .doc = "frames a second",
  .min = 1,
  .max = 768000,
  .def = "48kHz",
  .example = "16kHz",
};
static const struct rill_param_desc channels_param = {
  .size = sizeof channels_param,
  .type = RILL_TYPE_INT,
  .symbol = "channels",
  .doc = "how many; they differ in noise only",
  .min = 1,
  .max = 1024,
  .def = "1",
  .example = "2",
};
static const struct rill_param_desc seed_param = {
  .size = sizeof seed_param,
  .type = RILL_TYPE_INT,
  .symbol = "seed",
  .doc = "which noise; 0: one that follows from the graph and the node's id",
  .min = 0,
  .max = 2147483647,
  .def = "0",
  .example = "42",
};
const struct rill_param_desc* const tone_params[N_PARAMS] = {
  &wave_param,   &frequency_param, &to_param,       &level_param, &colour_param,
  &length_param, &rate_param,      &channels_param, &seed_param
};
