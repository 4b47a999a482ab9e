// SPDX-License-Identifier: ISC
// Units of parameters: how they are written and what they are worth.
#ifndef RILL_HARNESS_UNIT_H
#define RILL_HARNESS_UNIT_H

#include <stddef.h>
#include <stdint.h>

/// One way to write a unit: a number times factor times 10 to the power ten.
struct unit {
  uint32_t unit; // enum rill_unit
  const char* symbol;
  uint32_t factor;
  int32_t ten;
};

/// The way to write *unit* that is *symbol*, or null.
const struct unit*
unit_find(uint32_t unit, const char* symbol);

/// The *index*-th way to write *unit*, small ones first, or null.
const struct unit*
unit_at(uint32_t unit, size_t index);

/// "Hz, kHz or MHz", or "" for units that are not written.
void
unit_list(uint32_t unit, char* out, size_t n_bytes);

/// What the base of *unit* is called in a sentence: "whole number of *bytes*".
const char*
unit_noun(uint32_t unit);

#endif
