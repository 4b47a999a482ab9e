// SPDX-License-Identifier: ISC
// Numbers to text that reads back as the same bits, whatever the locale.
#ifndef JSON_SHIM_NUMBER_TEXT_H
#define JSON_SHIM_NUMBER_TEXT_H

#include <stdint.h>

/// Bytes that a number may scribble on, longer than its text. The longest
/// texts are "-0.000012345678" and "-1.17549435e-38", and "-2147483648".
enum { NUMBER_TEXT_ROOM = 32 };

/// The shortest digits that read back as *x*, and of those the nearest to it.
/// Always with a point or an exponent ("1.0", "-0.0", "3.0517578e-5"), so that
/// a reader with types of its own takes it for a float. *x* is finite. Gives
/// the end of the text.
char*
number_text_f32(char* to, float x);

char*
number_text_i32(char* to, int32_t x);

char*
number_text_u64(char* to, uint64_t x);

#endif
