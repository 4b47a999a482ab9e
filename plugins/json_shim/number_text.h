// SPDX-License-Identifier: ISC
// Numbers to text that reads back as the same bits, whatever the locale.
#ifndef JSON_SHIM_NUMBER_TEXT_H
#define JSON_SHIM_NUMBER_TEXT_H

#include <stdint.h>

/// The longest texts with a comma are "-0.000012345678," and
/// "-1.17549435e-38,", but a number may scribble on as much as its room.
enum { NUMBER_TEXT_BYTES = 17, NUMBER_TEXT_ROOM = 32 };

/// The shortest digits that read back as *x*, and of those the nearest to it.
/// Always with a point or an exponent ("1.0", "-0.0", "3.0517578e-5"), so that
/// a reader with types of its own takes it for a float. *x* is finite. Gives
/// the end of the text.
char*
number_text_f32(char* to, float x);

char*
number_text_i32(char* to, int32_t x);

/// *n* numbers with a comma behind each. NUMBER_TEXT_ROOM bytes, and
/// NUMBER_TEXT_BYTES more for each of them, may be scribbled on.
char*
number_text_f32_list(char* to, const float* x, uint32_t n);
char*
number_text_s16_list(char* to, const int16_t* x, uint32_t n);
char*
number_text_s32_list(char* to, const int32_t* x, uint32_t n);

#endif
