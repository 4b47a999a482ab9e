// SPDX-License-Identifier: ISC
// Reading JSON that rill wrote (json.h), such as a profile. The one place of
// the host that sees the JSON library.
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include "base/status.h"

#include <stddef.h>

/// One value; what belongs to it lives as long as the document.
struct json_value;

/// Parses one document. On failure *error* says what is wrong, with line and
/// column; *out* is written only on success (json_drop).
enum status
json_read(const char* text, size_t n_bytes, struct json_value** out,
          char* error, size_t error_bytes);

/// The document that json_read gave. Takes null.
void
json_drop(struct json_value* document);

/// A member of an object, or null; null too when *value* is null or no object.
const struct json_value*
json_find(const struct json_value* value, const char* key);

/// An item of an array, or null.
const struct json_value*
json_item(const struct json_value* value, size_t index);

size_t
json_n_items(const struct json_value* value);

/// The text of a member; null when it is not there or no text.
const char*
json_find_text(const struct json_value* value, const char* key);

/// The number of a member, or *otherwise*.
double
json_find_number(const struct json_value* value, const char* key,
                 double otherwise);

#endif
