// SPDX-License-Identifier: ISC
// What travels on a link: kind, encoding and shape, and what a port accepts.
#ifndef RILL_FORMAT_H
#define RILL_FORMAT_H

#include "abi.h"

enum rill_kind {
  RILL_KIND_NONE = 0, // an unconnected port
  RILL_KIND_AUDIO = 1,
  RILL_KIND_VIDEO = 2,
  RILL_KIND_TENSOR = 3, // rows of numbers; a frame is one row of `shape`
  RILL_KIND_TEXT = 4,   // UTF-8, a frame is one text
  RILL_KIND_JSON = 5,   // UTF-8, a frame is one JSON value
  RILL_KIND_BYTES = 6,
  RILL_KIND_CUSTOM = 7 // named by `uri`
};

/// Samples and dtypes share numbers: f32 audio and an f32 tensor are the same
/// memory. All are little-endian and native; s24 is packed, three bytes.
enum rill_encoding {
  RILL_ENC_NONE = 0,
  RILL_ENC_U8 = 1,
  RILL_ENC_S16 = 2,
  RILL_ENC_S24 = 3,
  RILL_ENC_S32 = 4,
  RILL_ENC_F32 = 5,
  RILL_ENC_F64 = 6,
  RILL_ENC_S8 = 7,
  RILL_ENC_S64 = 8,
  RILL_ENC_F16 = 9,
  // Pixels from 64 on: planar YCbCr, 8 bits, and 10 bits in 16.
  RILL_ENC_GRAY8 = 64,
  RILL_ENC_YUV420P8 = 65,
  RILL_ENC_YUV422P8 = 66,
  RILL_ENC_YUV444P8 = 67,
  RILL_ENC_YUV420P10 = 68,
  RILL_ENC_YUV422P10 = 69,
  RILL_ENC_YUV444P10 = 70,
  RILL_ENC_RGB24 = 71,
  RILL_ENC_RGBA32 = 72
};

enum rill_packing {
  RILL_PLANAR = 0,     // one run of memory a channel: rill's canonical form
  RILL_INTERLEAVED = 1 // all channels of a frame side by side
};

/// Channel positions, a bit each; 0 in `layout` means "no positions known".
/// The order of channels is the order of bits, as in WAVE_FORMAT_EXTENSIBLE.
enum rill_channel {
  RILL_CH_FL = 0x1,
  RILL_CH_FR = 0x2,
  RILL_CH_FC = 0x4,
  RILL_CH_LFE = 0x8,
  RILL_CH_BL = 0x10,
  RILL_CH_BR = 0x20,
  RILL_CH_FLC = 0x40,
  RILL_CH_FRC = 0x80,
  RILL_CH_BC = 0x100,
  RILL_CH_SL = 0x200,
  RILL_CH_SR = 0x400
};

#define RILL_MAX_RANK 8u // of the frozen struct below, for ever

/// The type of a link. A value, frozen for ever; what a kind does not use is
/// zero, so two formats are equal when their bytes are (see rill_same_format).
struct rill_format {
  uint32_t kind;     // enum rill_kind
  uint32_t encoding; // enum rill_encoding
  uint32_t rate;     // frames a second, over rate_den; 0: not timed
  uint32_t rate_den; // 1 for audio; 0 only when rate is 0
  uint32_t channels; // audio
  uint32_t packing;  // audio: enum rill_packing
  uint64_t layout;   // audio: bits of enum rill_channel, or 0
  uint32_t width;    // video, pixels
  uint32_t height;
  uint32_t rank; // tensor: dimensions of one frame, 0 is a scalar
  uint32_t reserved0;
  uint32_t shape[8]; // tensor: sizes, slowest first
  const char* uri;   // custom: names the kind; interned by the host, or null
#if UINTPTR_MAX == 0xffffffffu
  uint32_t pad_uri;
#endif
  uint64_t reserved[5];
};

/// Fields that a constraint can speak of.
enum rill_field {
  RILL_FIELD_ENCODING = 1,
  RILL_FIELD_RATE = 2, // rate_den is 1
  RILL_FIELD_CHANNELS = 3,
  RILL_FIELD_PACKING = 4,
  RILL_FIELD_WIDTH = 5,
  RILL_FIELD_HEIGHT = 6,
  RILL_FIELD_RANK = 7
};

enum rill_constraint_op {
  RILL_RANGE = 1,  // min <= value <= max; the value nearest to `prefer` wins
  RILL_ONE_OF = 2, // one of `values`, the first is liked best
  RILL_SAME_AS = 3, // equal to the field on the port with id `port`
  RILL_PARAM = 4    // equal to the parameter `param` (an enum compares by name
                    // for encodings), any value while that is 0 or empty
};

/// One demand on one field. Frozen for ever.
struct rill_constraint {
  uint32_t field; // enum rill_field
  uint32_t op;    // enum rill_constraint_op
  uint32_t min;
  uint32_t max;
  uint32_t prefer; // 0: none
  uint32_t port;   // RILL_SAME_AS: the id of a port of the same node
  uint32_t n_values;
  uint32_t reserved0;
  const uint32_t* values;
  const char* param; // the symbol of a parameter
  uint64_t reserved[2];
};

/// All demands on one kind of data. A field that no constraint speaks of is
/// free. A port lists its sets in the order it likes them.
struct rill_format_set {
  uint32_t size;
  uint32_t kind; // enum rill_kind
  uint32_t n_constraints;
  uint32_t reserved0;
  const struct rill_constraint* constraints;
  const char* uri; // custom: which
};

#endif
