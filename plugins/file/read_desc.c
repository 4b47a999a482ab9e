// SPDX-License-Identifier: ISC
// What file.read declares.
#include "nodes.h"
#include "read.h"

#include <rill/rill.h>

static const struct rill_param_desc path_param = {
  .size = sizeof path_param,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "the file: WAV, RF64, W64, FLAC, Ogg Vorbis, Opus, MP3, AIFF, CAF",
  .example = "speech.wav",
};
static const char* const encoding_names[] = { "auto", "f32", "s16" };
static const struct rill_param_desc encoding_param = {
  .size = sizeof encoding_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "encoding",
  .doc = "of the output: f32 (auto) planar, s16 interleaved",
  .def = "auto",
  .names = encoding_names,
  .n_names = RILL_COUNT(encoding_names),
};
static const struct rill_param_desc start_param = {
  .size = sizeof start_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "start",
  .doc = "where to begin",
  .min = 0.0,
  .max = 1e9,
  .def = "0s",
  .example = "1.5s",
};
static const struct rill_param_desc length_param = {
  .size = sizeof length_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "length",
  .doc = "how much to read at most; 0 is all",
  .min = 0.0,
  .max = 1e9,
  .def = "0s",
  .example = "10s",
};
static const char* const nan_names[] = { "error", "zero", "pass" };
static const struct rill_param_desc nan_param = {
  .size = sizeof nan_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "nan",
  .doc = "what to do with NaN and infinity in files with float samples",
  .def = "error",
  .names = nan_names,
  .n_names = RILL_COUNT(nan_names),
};
static const struct rill_param_desc truncated_param = {
  .size = sizeof truncated_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "accept_truncated",
  .doc = "read what is there of a file that lacks its end",
  .def = "false",
};
static const struct rill_param_desc* const params[] = {
  [READ_PATH] = &path_param,     [READ_ENCODING] = &encoding_param,
  [READ_START] = &start_param,   [READ_LENGTH] = &length_param,
  [READ_NAN] = &nan_param,  [READ_TRUNCATED] = &truncated_param,
};

static const struct rill_format_set any_audio = RILL_ANY(RILL_KIND_AUDIO);
static const struct rill_format_set* const out_sets[] = { &any_audio };
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 1,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "what the file holds; rate, channels and layout are those of the file",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const ports[] = { &out_port };

const struct rill_node_desc file_read_desc = {
  .size = sizeof file_read_desc,
  .id = "org.rill.file.read",
  .name = "file.read",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Reads an audio file.",
  .categories = "audio source file",
  .ports = ports,
  .params = params,
  .n_ports = 1,
  .n_params = READ_N_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .derive = read_derive,
  .create = read_create,
};
