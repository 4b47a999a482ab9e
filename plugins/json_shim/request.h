// SPDX-License-Identifier: ISC
// A buffer as the text of a value.
#ifndef JSON_SHIM_REQUEST_H
#define JSON_SHIM_REQUEST_H

#include "value_text.h"

/// Appends *buffer*: audio as a value with its samples, a text as a string,
/// JSON as it is (on one line), bytes as {"base64": "..."}.
int32_t
request_add(struct text* text, const struct rill_buffer* buffer,
            enum value_coding coding, struct document* scratch,
            struct why* why);

#endif
