// SPDX-License-Identifier: ISC
#include "desc.h"
#include "shim.h"

static const uint32_t encodings[] = { RILL_ENC_F32, RILL_ENC_S16,
                                      RILL_ENC_S32 };
static const struct rill_constraint in_demands[] = {
  RILL_AMONG(RILL_FIELD_ENCODING, encodings),
  RILL_FROM(RILL_FIELD_ENCODING, "in_encoding"),
  RILL_FROM(RILL_FIELD_RATE, "in_rate"),
  RILL_FROM(RILL_FIELD_CHANNELS, "in_channels"),
};
static const struct rill_constraint out_demands[] = {
  RILL_AMONG(RILL_FIELD_ENCODING, encodings),
  RILL_FROM(RILL_FIELD_ENCODING, "out_encoding"),
  RILL_FROM(RILL_FIELD_RATE, "out_rate"),
  RILL_FROM(RILL_FIELD_CHANNELS, "out_channels"),
  RILL_IS_PLANAR,
};
static const struct rill_format_set in_audio =
  RILL_SET(RILL_KIND_AUDIO, in_demands);
static const struct rill_format_set out_audio =
  RILL_SET(RILL_KIND_AUDIO, out_demands);
static const struct rill_format_set json = RILL_ANY(RILL_KIND_JSON);
static const struct rill_format_set text = RILL_ANY(RILL_KIND_TEXT);
static const struct rill_format_set bytes = RILL_ANY(RILL_KIND_BYTES);
static const struct rill_format_set* const in_sets[] = { &in_audio, &json,
                                                         &text, &bytes };
static const struct rill_format_set* const out_sets[] = { &out_audio, &json,
                                                          &text, &bytes };
static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .flags = RILL_PORT_AS_JSON,
  .symbol = "in",
  .doc = "audio, texts, JSON or bytes: a value for each buffer",
  .formats = in_sets,
  .n_formats = RILL_COUNT(in_sets),
};
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .flags = RILL_PORT_OPTIONAL | RILL_PORT_AS_JSON,
  .symbol = "out",
  .doc = "what comes back, of the kind that 'out' says",
  .formats = out_sets,
  .n_formats = RILL_COUNT(out_sets),
};
static const struct rill_port_desc* const ports[] = { &in_port, &out_port };

static const char* const samples_names[] = { "numbers", "base64" };
static const char* const in_encoding_names[] = { "any", "f32", "s16", "s32" };
static const char* const out_encoding_names[] = { "same", "f32", "s16", "s32" };
static const char* const out_names[] = { "same", "audio", "json", "text",
                                         "bytes" };

#define PARAM(var, type_, symbol_, ...)                                        \
  static const struct rill_param_desc var = {                                  \
    .size = sizeof(struct rill_param_desc),                                    \
    .type = type_,                                                             \
    .symbol = symbol_,                                                         \
    __VA_ARGS__                                                                \
  }
#define FIXED .flags = RILL_PARAM_STRUCTURAL

PARAM(p_params, RILL_TYPE_JSON, "params", FIXED, .def = "{}",
      .doc = "what the node is told at its start: any map",
      .example = "{floor: -50, mode: soft}");
PARAM(p_samples, RILL_TYPE_ENUM, "samples", FIXED, .def = "numbers",
      .doc = "numbers: as the contract says; base64: the samples as one text, "
             "several times faster, for nodes that say that they take it",
      .names = samples_names, .n_names = RILL_COUNT(samples_names),
      .example = "base64");
PARAM(p_in_encoding, RILL_TYPE_ENUM, "in_encoding", FIXED, .def = "any",
      .doc = "of the samples that the node is sent: F32, I16 or I32",
      .names = in_encoding_names, .n_names = RILL_COUNT(in_encoding_names),
      .example = "f32");
PARAM(p_in_rate, RILL_TYPE_INT, "in_rate", FIXED, .unit = RILL_UNIT_HZ,
      .def = "0", .max = 768000, .doc = "the rate that the node takes; 0: any",
      .example = "16kHz");
PARAM(p_in_channels, RILL_TYPE_INT, "in_channels", FIXED, .def = "0",
      .max = 1024, .doc = "how many channels the node takes; 0: any",
      .example = "1");
PARAM(p_out, RILL_TYPE_ENUM, "out", FIXED, .def = "same",
      .doc = "what kind of values the node gives; same: that of the input",
      .names = out_names, .n_names = RILL_COUNT(out_names), .example = "json");
PARAM(p_out_encoding, RILL_TYPE_ENUM, "out_encoding", FIXED, .def = "same",
      .doc = "of the samples that the node gives: F32, I16 or I32",
      .names = out_encoding_names, .n_names = RILL_COUNT(out_encoding_names),
      .example = "s16");
PARAM(p_out_rate, RILL_TYPE_INT, "out_rate", FIXED, .unit = RILL_UNIT_HZ,
      .def = "0", .max = 768000,
      .doc = "the rate of what the node gives; 0: that of the input",
      .example = "16kHz");
PARAM(p_out_channels, RILL_TYPE_INT, "out_channels", FIXED, .def = "0",
      .max = 1024,
      .doc = "the channels of what the node gives; 0: those of the input",
      .example = "1");
PARAM(p_max_line, RILL_TYPE_INT, "max_line", FIXED, .unit = RILL_UNIT_BYTES,
      .def = "64MiB", .min = 1024, .max = 2147483647,
      .doc = "a longer reply ends the run", .example = "1MiB");
PARAM(p_command, RILL_TYPE_STRING, "command",
      .flags = RILL_PARAM_STRUCTURAL | RILL_PARAM_REQUIRED | RILL_PARAM_LIST |
               RILL_PARAM_EXEC,
      .doc = "the program and its arguments; no shell in between",
      .example = "[python3, denoise.py]");
PARAM(p_start_timeout, RILL_TYPE_FLOAT, "start_timeout", FIXED,
      .unit = RILL_UNIT_S, .def = "10s", .min = 0.01, .max = 86400,
      .doc = "how long it may take to start and to answer init",
      .example = "60s");
PARAM(p_timeout, RILL_TYPE_FLOAT, "timeout", FIXED, .unit = RILL_UNIT_S,
      .def = "10s", .min = 0.01, .max = 86400,
      .doc = "how long it may take to answer any other request",
      .example = "1s");
PARAM(p_library, RILL_TYPE_STRING, "library",
      .flags = RILL_PARAM_STRUCTURAL | RILL_PARAM_REQUIRED | RILL_PARAM_CODE,
      .doc = "the shared object: a name of RILL_LEGACY_PATH, or a path",
      .example = "old_nodes");
PARAM(p_node, RILL_TYPE_STRING, "node", FIXED, .def = "",
      .doc = "which of its node types; may be left out when it has one",
      .example = "format_convert");

#define SHARED_PARAMS                                                          \
  [SHIM_PARAMS] = &p_params, [SHIM_SAMPLES] = &p_samples,                      \
  [SHIM_IN_ENCODING] = &p_in_encoding, [SHIM_IN_RATE] = &p_in_rate,            \
  [SHIM_IN_CHANNELS] = &p_in_channels, [SHIM_OUT] = &p_out,                    \
  [SHIM_OUT_ENCODING] = &p_out_encoding, [SHIM_OUT_RATE] = &p_out_rate,        \
  [SHIM_OUT_CHANNELS] = &p_out_channels, [SHIM_MAX_LINE] = &p_max_line

static const struct rill_param_desc* const exec_params[] = {
  SHARED_PARAMS,
  [EXEC_COMMAND] = &p_command,
  [EXEC_START_TIMEOUT] = &p_start_timeout,
  [EXEC_TIMEOUT] = &p_timeout,
};
static const struct rill_param_desc* const lib_params[] = {
  SHARED_PARAMS,
  [LIB_LIBRARY] = &p_library,
  [LIB_NODE] = &p_node,
};

#define SHIM_TYPE                                                              \
  .size = sizeof(struct rill_node_desc), .version = "0.9.0",                   \
  .vendor = "rill", .licence = "ISC", .categories = "legacy json",             \
  .ports = ports, .n_ports = RILL_COUNT(ports), .derive = desc_derive

const struct rill_node_desc exec_desc = {
  SHIM_TYPE,
  .id = "org.rill.json.exec",
  .name = "json.exec",
  .doc = "A legacy node that is a program: a line of JSON each way.",
  .params = exec_params,
  .n_params = N_EXEC_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .create = shim_create_exec,
};

// It computes: so a call that does not return is seen by the host.
const struct rill_node_desc lib_desc = {
  SHIM_TYPE,
  .id = "org.rill.json.lib",
  .name = "json.lib",
  .doc = "A legacy node in a shared object: JSON text in, JSON text out.",
  .params = lib_params,
  .n_params = N_LIB_PARAMS,
  .exec = RILL_EXEC_COMPUTE,
  .create = shim_create_lib,
};
