// SPDX-License-Identifier: ISC
// What raw.read declares.
#include "nodes.h"
#include "read.h"

#include <rill/rill.h>

static const struct rill_param_desc path_param = {
  .size = sizeof path_param,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "a file, FIFO or device, or - for standard input",
  .example = "speech.raw",
};
static const struct rill_param_desc encoding_param = {
  .size = sizeof encoding_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "encoding",
  .doc = "of the samples, little-endian; s24 has three bytes",
  .def = "s16",
  .names = raw_encoding_names + 1, // nobody can guess it
  .n_names = RAW_N_ENCODINGS - 1,
};
static const struct rill_param_desc rate_param = {
  .size = sizeof rate_param,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_HZ,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "rate",
  .doc = "frames a second",
  .min = 1,
  .max = 768000,
  .example = "16kHz",
};
static const struct rill_param_desc channels_param = {
  .size = sizeof channels_param,
  .type = RILL_TYPE_INT,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "channels",
  .doc = "how many, side by side in each frame",
  .min = 1,
  .max = 1024,
  .def = "1",
};
static const struct rill_param_desc length_param = {
  .size = sizeof length_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "length",
  .doc = "how much to read at most; 0 is all, which a device does not have",
  .min = 0.0,
  .max = 1e9,
  .def = "0s",
  .example = "10s",
};
static const struct rill_param_desc truncated_param = {
  .size = sizeof truncated_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "accept_truncated",
  .doc = "ignore bytes at the end that are no whole frame",
  .def = "false",
};
static const struct rill_param_desc* const params[] = {
  [READ_PATH] = &path_param,         [READ_ENCODING] = &encoding_param,
  [READ_RATE] = &rate_param,         [READ_CHANNELS] = &channels_param,
  [READ_LENGTH] = &length_param,     [READ_TRUNCATED] = &truncated_param,
};

static const uint32_t interleaved[] = { RILL_INTERLEAVED };
static const struct rill_constraint out_demands[] = {
  RILL_FROM(RILL_FIELD_ENCODING, "encoding"),
  RILL_FROM(RILL_FIELD_RATE, "rate"),
  RILL_FROM(RILL_FIELD_CHANNELS, "channels"),
  RILL_AMONG(RILL_FIELD_PACKING, interleaved),
};
static const struct rill_format_set out_set =
  RILL_SET(RILL_KIND_AUDIO, out_demands);
static const struct rill_format_set* const out_sets[] = { &out_set };
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 1,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "the samples as they come",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const ports[] = { &out_port };

const struct rill_node_desc raw_read_desc = {
  .size = sizeof raw_read_desc,
  .id = "org.rill.raw.read",
  .name = "raw.read",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Reads samples without a header.",
  .categories = "audio source file",
  .ports = ports,
  .params = params,
  .n_ports = 1,
  .n_params = READ_N_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .derive = read_derive,
  .create = read_create,
};
