// SPDX-License-Identifier: ISC
// Which channel stands where, and what becomes of one that has no place.
#ifndef REMIX_LAYOUT_H
#define REMIX_LAYOUT_H

#include <rill/format.h>

/// Channels and their positions.
struct shape {
  uint64_t layout; // bits of enum rill_channel in the order of channels; 0
  uint32_t n;
  uint32_t reserved0;
};

enum { LAYOUT_NAMES = 8 };

/// The names of the parameter `layout`; the first is auto.
extern const char* const layout_names[LAYOUT_NAMES];

/// Of a name other than auto.
struct shape
layout_shape(uint32_t name);

/// *n* channels at *layout*; where that does not say, at the places that files
/// with so many channels mean.
struct shape
layout_guess(uint64_t layout, uint32_t n);

/// Fills *matrix*, zeroed, in rows of from.n numbers, one row an output. Gives
/// 0 when there is no rule.
int
layout_fold(struct shape from, struct shape to, float* matrix);

#endif
