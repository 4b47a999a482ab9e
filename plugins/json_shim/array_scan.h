// SPDX-License-Identifier: ISC
// Arrays of numbers in JSON text, read without a value for each number.
//
// A number is read once, while its array is looked at, and put down in four
// bytes: as a whole number when all of the array are, else as a float. What
// does not go into these stays in the text.
#ifndef JSON_SHIM_ARRAY_SCAN_H
#define JSON_SHIM_ARRAY_SCAN_H

#include "why.h"

#include <stddef.h>
#include <stdint.h>

enum array_kind {
  ARRAY_WHOLE,  // its numbers are int32_t; no -0
  ARRAY_FLOATS, // its numbers are float
  ARRAY_TEXT,   // one at least is beyond the largest float
  ARRAY_OTHER,  // holds what is no number, or nothing: it is for a JSON parser
  ARRAY_BAD     // holds what looks like a number and is none
};

/// Numbers of any arrays, one after the other. Zeroed memory is empty; the
/// room is kept.
struct numbers {
  uint32_t* bits;
  size_t n;
  size_t room;
};

struct array {
  const char* at;  // of the first number
  const char* end; // of the bracket that closes
  uint64_t n_numbers;
  size_t first; // in struct numbers; not for ARRAY_TEXT
  enum array_kind kind;
};

/// Looks at the array that begins at the bracket *at*; it ends before *end*.
/// For numbers, puts them down and fills *out*. For ARRAY_BAD, why->text names
/// the element. RILL_OK or RILL_ERR_NO_MEMORY.
int32_t
array_scan(const char* at,
           const char* end,
           struct numbers* numbers,
           struct array* out,
           struct why* why);

void
numbers_free(struct numbers* numbers);

/// How far an array has been read. *bits* are those of struct numbers.
struct array_cursor {
  const struct array* array;
  const uint32_t* bits;
  const char* at;
  uint64_t index; // of the number that comes next
};

void
array_open(struct array_cursor* cursor,
           const struct array* array,
           const struct numbers* numbers);

/// Read the next *n* numbers, of which there are so many. RILL_ERR_CORRUPT
/// when the type cannot hold one; *why* names it.
int32_t
array_read_f32(struct array_cursor* cursor, float* to, size_t n, struct why* why);
int32_t
array_read_s16(struct array_cursor* cursor, int16_t* to, size_t n, struct why* why);
int32_t
array_read_s32(struct array_cursor* cursor, int32_t* to, size_t n, struct why* why);

#endif
