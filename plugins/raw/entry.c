// SPDX-License-Identifier: ISC
// Samples without a header: files, standard input and output, FIFOs, devices.
#include "nodes.h"

#include <rill/rill.h>

const char* const raw_encoding_names[RAW_N_ENCODINGS] = {
  [RILL_ENC_NONE] = "auto", [RILL_ENC_U8] = "u8",   [RILL_ENC_S16] = "s16",
  [RILL_ENC_S24] = "s24",   [RILL_ENC_S32] = "s32", [RILL_ENC_F32] = "f32",
  [RILL_ENC_F64] = "f64",   [RILL_ENC_S8] = "s8",   [RILL_ENC_S64] = "s64",
  [RILL_ENC_F16] = "f16",
};

RILL_PLUGIN(&raw_read_desc, &raw_write_desc);
