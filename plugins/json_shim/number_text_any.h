// SPDX-License-Identifier: ISC
// Floats of any size as text; what number_text.c has no short way for.
#ifndef JSON_SHIM_NUMBER_TEXT_ANY_H
#define JSON_SHIM_NUMBER_TEXT_ANY_H

#include <stdint.h>

/// One of two, without a branch: which one is as good as random, and a branch
/// that was foretold wrongly costs as much as half a number.
static inline uint32_t
chosen(uint32_t is_first, uint32_t first, uint32_t second)
{
  return second ^ ((first ^ second) & -is_first);
}

/// Writes the float with these bits, finite and without sign.
char*
number_text_any(char* to, uint32_t bits);

#endif
