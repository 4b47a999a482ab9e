// SPDX-License-Identifier: ISC
// What the graph sees: ports, parameters, and the entry of the plugin.
#include "resample.h"

static const char* const quality_names[] = { "low", "medium", "high",
                                             "very-high" };
static const char* const latency_names[] = { "normal", "low" };

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
static const struct rill_param_desc latency_param = {
  .size = sizeof latency_param,
  .type = RILL_TYPE_ENUM,
  .symbol = "latency",
  .doc = "low: gives each frame as soon as it can, with shorter filters",
  .def = "normal",
  .names = latency_names,
  .n_names = RILL_COUNT(latency_names),
  .example = "low",
};
static const struct rill_param_desc* const resample_params[] = {
  &rate_param, &quality_param, &latency_param
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

static const struct rill_node_desc resample_desc = {
  .size = sizeof resample_desc,
  .id = "org.rill.resample",
  .name = "resample",
  .version = "0.9.1",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Changes the sample rate.",
  .categories = "audio converter",
  .ports = resample_ports,
  .params = resample_params,
  .n_ports = 2,
  .n_params = N_PARAMS,
  .state_version = 1,
  .create = resample_create,
};

RILL_PLUGIN(&resample_desc);
