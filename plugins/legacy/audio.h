// SPDX-License-Identifier: ISC
// An audio value: {"data": [numbers], "sample_rate": n, "channels": n,
// "format": "F32"}.
#ifndef LEGACY_AUDIO_H
#define LEGACY_AUDIO_H

#include "node.h"

enum audio_format { AUDIO_F32, AUDIO_I16, AUDIO_I32, AUDIO_N_FORMATS };

extern const char* const audio_format_names[AUDIO_N_FORMATS];

struct audio {
  double* data; // interleaved; every sample of the three formats is exact
  size_t n;     // numbers
  json_int_t rate;
  json_int_t channels;  // 0: the value does not say
  int format; // enum audio_format
};

/// Reads a value. audio_fini in any case.
int
audio_read(struct rill_legacy_node* node, const json_t* value, struct audio* out);

/// "data" of *n* samples: floats, or whole numbers for the integer formats.
/// Null when memory is out.
json_t*
audio_write_data(const double* data, size_t n, int format);

void
audio_fini(struct audio* audio);

#endif
