// SPDX-License-Identifier: ISC
// Arrays of numbers in JSON text, read without a value for each number.
#ifndef JSON_SHIM_ARRAY_SCAN_H
#define JSON_SHIM_ARRAY_SCAN_H

#include "why.h"

#include <stddef.h>
#include <stdint.h>

/// What stands between the brackets, and how far it has been read.
struct array_cursor {
  const char* at;
  const char* end; // of the bracket that closes
  uint64_t index;  // of the number that comes next
};

enum array_kind {
  ARRAY_NUMBERS, // and nothing else: it can be cut out and read by a cursor
  ARRAY_OTHER,   // holds something else, or nothing: it is for a JSON parser
  ARRAY_BAD      // holds something that looks like a number and is none
};

/// Looks at the array that begins at the bracket *at*. For ARRAY_NUMBERS,
/// gives the place behind its end and how many there are; for ARRAY_BAD,
/// why->text names the element.
enum array_kind
array_scan(const char* at,
           const char* end,
           const char** after,
           uint64_t* n_numbers,
           struct why* why);

/// Reads the next numbers of an array that array_scan has seen, at most *n*,
/// and gives how many. Fewer than *n*: its end, or a number that the type
/// cannot hold; then *status* is RILL_ERR_CORRUPT and *why* names the element.
/// The names are those of the legacy formats.
size_t
array_read_f32(struct array_cursor* cursor, float* to, size_t n,
               int32_t* status, struct why* why);
size_t
array_read_i16(struct array_cursor* cursor, int16_t* to, size_t n,
               int32_t* status, struct why* why);
size_t
array_read_i32(struct array_cursor* cursor, int32_t* to, size_t n,
               int32_t* status, struct why* why);

#endif
