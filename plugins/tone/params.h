// SPDX-License-Identifier: ISC
// What a tone is told.
#ifndef TONE_PARAMS_H
#define TONE_PARAMS_H

#include <rill/value.h>

enum {
  PARAM_WAVE,
  PARAM_FREQUENCY,
  PARAM_TO,
  PARAM_LEVEL,
  PARAM_COLOUR,
  PARAM_LENGTH,
  PARAM_RATE,
  PARAM_CHANNELS,
  PARAM_SEED,
  N_PARAMS
};

extern const struct rill_param_desc* const tone_params[N_PARAMS];

#endif
