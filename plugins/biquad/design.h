// SPDX-License-Identifier: ISC
// Coefficients of second-order filters.
#ifndef BIQUAD_DESIGN_H
#define BIQUAD_DESIGN_H

#include <stdint.h>

/// The order of the parameter's names.
enum design_type {
  DESIGN_LOWPASS,
  DESIGN_HIGHPASS,
  DESIGN_BANDPASS,
  DESIGN_NOTCH,
  DESIGN_ALLPASS,
  DESIGN_PEAKING,
  DESIGN_LOWSHELF,
  DESIGN_HIGHSHELF,
  DESIGN_TYPES
};

/// What a user asks for. Frozen: it is part of the saved state.
struct design {
  uint32_t type; // enum design_type
  uint32_t reserved0;
  double hz;
  double q;
  double db; // peaking and shelves
};

/// y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''
struct coefficients {
  double b0;
  double b1;
  double b2;
  double a1;
  double a2;
};

/// Whether a filter can be made of it at *rate*.
int
design_is_sound(const struct design* design, uint32_t rate);

/// Of a sound design.
struct coefficients
design_solve(const struct design* design, uint32_t rate);

#endif
