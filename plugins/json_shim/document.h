// SPDX-License-Identifier: ISC
// A JSON text as values, with its large parts left in the text.
//
// Arrays of numbers, and strings of base64 in members of that name, are taken
// out of the text; jansson reads the rest and finds a placeholder in their
// place. No text can forge one: they hold a NUL, and \u0000 is refused.
#ifndef JSON_SHIM_DOCUMENT_H
#define JSON_SHIM_DOCUMENT_H

#include "array_scan.h"
#include "text.h"
#include "why.h"

#include <stddef.h>
#include <stdint.h>

struct json_t;

enum {
  DOCUMENT_MAX_DEPTH = 64,
  DOCUMENT_MAX_VALUES = 1 << 20 // beside the parts' numbers: bounds the memory
};

/// Bytes of the text that was read.
struct span {
  const char* at;
  size_t n;
};

/// A part that stayed in the text.
struct part {
  struct span text;   // between the quotes of base64
  struct array array; // when is_array
  size_t thin_begin;  // its placeholder in what jansson reads
  size_t thin_end;
  int is_array;       // or base64, of letters and padding only
};

/// Zeroed memory is one that has read nothing. It keeps its room from text to
/// text; the text itself must stay as long as its values are used.
struct document {
  struct json_t* root; // belongs to the document
  struct part* parts;
  struct span* items; // each element of the root's "outputs", as it stands
  size_t n_parts;
  size_t n_items;
  size_t room_parts;
  size_t room_items;
  struct numbers numbers; // of the parts that are arrays
  struct text thin;       // what jansson reads
};

/// Reads one JSON value with nothing but white space around it. Refused, with
/// the place in why->text: what is not JSON, invalid UTF-8, a lone surrogate,
/// \u0000, a byte order mark, a member twice, a depth of more than 64, numbers
/// beyond a double, more values than the cap, and an "outputs" of the root that
/// is written with escapes: its elements would not be found.
int32_t
document_read(struct document* doc, const char* text, size_t n, struct why* why);

/// The part that *value* stands for, or null when it is an ordinary value.
/// Takes null.
const struct part*
document_part(const struct document* doc, const struct json_t* value);

/// Whether *value* is a text that json_string_value gives: to jansson,
/// placeholders are texts too. Takes null.
int
document_is_text(const struct document* doc, const struct json_t* value);

/// Drops the values and keeps the room.
void
document_clear(struct document* doc);

void
document_free(struct document* doc);

#endif
