// SPDX-License-Identifier: ISC
// Numbers of any length against a power of two, digit for digit.
#ifndef JSON_SHIM_NUMBER_PARSE_EXACT_H
#define JSON_SHIM_NUMBER_PARSE_EXACT_H

#include "number_parse.h"

/// The sign of |number| - m * 2^q, for a number between 2^-152 and 2^129.
int
number_compare_exact(const struct decimal* number, uint32_t m, int32_t q);

#endif
