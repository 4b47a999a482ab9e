// SPDX-License-Identifier: ISC
// What file.write declares.
#include "container.h"
#include "nodes.h"
#include "write.h"

#include <rill/rill.h>

static const struct rill_param_desc path_param = {
  .size = sizeof path_param,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "the file; with one %d or %03d: one file for each segment, from 1 on",
  .example = "out.wav",
};
static const char* const encoding_names[] = { "auto", "u8",  "s16", "s24",
                                              "s32",  "f32", "f64" };
static const struct rill_param_desc encoding_param = {
  .size = sizeof encoding_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "encoding",
  .doc = "of the samples; auto: s16 for f32, else that of the input",
  .def = "auto",
  .names = encoding_names,
  .n_names = RILL_COUNT(encoding_names),
};
static const struct rill_param_desc container_param = {
  .size = sizeof container_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "container",
  .doc = "kind of file; auto: what the suffix says",
  .def = "auto",
  .names = container_names,
  .n_names = CONTAINER_N_NAMES,
};
static const struct rill_param_desc quality_param = {
  .size = sizeof quality_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_RATIO,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "quality",
  .doc = "of ogg, opus and mp3: 0 is the smallest file, 1 the best sound",
  .min = 0.0,
  .max = 1.0,
  .def = "0.6",
};
static const struct rill_param_desc dither_param = {
  .size = sizeof dither_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "dither",
  .doc = "triangular noise of 1 LSB before rounding to integers",
  .def = "false",
};
static const struct rill_param_desc overwrite_param = {
  .size = sizeof overwrite_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "overwrite",
  .doc = "replace a file that is there already; false: that is an error",
  .def = "true",
};
static const struct rill_param_desc sync_param = {
  .size = sizeof sync_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "sync",
  .doc = "wait until the disk has the file before it gets its name",
  .def = "false",
};
static const struct rill_param_desc* const params[] = {
  [WRITE_PATH] = &path_param,           [WRITE_ENCODING] = &encoding_param,
  [WRITE_CONTAINER] = &container_param, [WRITE_QUALITY] = &quality_param,
  [WRITE_DITHER] = &dither_param,       [WRITE_OVERWRITE] = &overwrite_param,
  [WRITE_SYNC] = &sync_param,
};

// Integers are liked best as they go into the file.
static const uint32_t planar_first[] = { RILL_PLANAR, RILL_INTERLEAVED };
static const uint32_t interleaved_first[] = { RILL_INTERLEAVED, RILL_PLANAR };
static const uint32_t integers[] = { RILL_ENC_S16, RILL_ENC_S24, RILL_ENC_S32 };
static const struct rill_constraint float_demands[] = {
  RILL_IS_F32, RILL_AMONG(RILL_FIELD_PACKING, planar_first)
};
static const struct rill_constraint integer_demands[] = {
  RILL_AMONG(RILL_FIELD_ENCODING, integers),
  RILL_AMONG(RILL_FIELD_PACKING, interleaved_first)
};
static const struct rill_format_set float_set =
  RILL_SET(RILL_KIND_AUDIO, float_demands);
static const struct rill_format_set integer_set =
  RILL_SET(RILL_KIND_AUDIO, integer_demands);
static const struct rill_format_set* const in_sets[] = { &float_set,
                                                         &integer_set };
static const struct rill_format_set json_set = RILL_ANY(RILL_KIND_JSON);
static const struct rill_format_set* const files_sets[] = { &json_set };

static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .symbol = "in",
  .doc = "audio",
  .formats = in_sets,
  .n_formats = RILL_COUNT(in_sets),
};
static const struct rill_port_desc files_port = {
  .size = sizeof files_port,
  .id = 2,
  .direction = RILL_OUT,
  .flags = RILL_PORT_OPTIONAL | RILL_PORT_PASSTHROUGH,
  .symbol = "files",
  .doc = "an object for each finished file: start, end, file, frames, rate, "
         "channels",
  .formats = files_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const ports[] = { &in_port, &files_port };

const struct rill_node_desc file_write_desc = {
  .size = sizeof file_write_desc,
  .flags = RILL_NODE_COMMITS,
  .id = "org.rill.file.write",
  .name = "file.write",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Writes an audio file, whole or not at all.",
  .categories = "audio sink file",
  .ports = ports,
  .params = params,
  .n_ports = 2,
  .n_params = WRITE_N_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .create = write_create,
};
