// SPDX-License-Identifier: ISC
// Text that grows, and keeps its room for the next one. It may hold NULs and
// has no one at its end.
#ifndef JSON_SHIM_TEXT_H
#define JSON_SHIM_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// Zeroed memory is an empty text.
struct text {
  char* at;
  size_t n;    // bytes that are written
  size_t room; // bytes that there are
};

/// Where *n_more* bytes can be written; add what was written to text->n. Null
/// when memory is exhausted: the text is as before.
char*
text_room(struct text* text, size_t n_more);

/// Appends. RILL_OK or RILL_ERR_NO_MEMORY.
int32_t
text_add(struct text* text, const void* bytes, size_t n_bytes);

/// Appends what ends with NUL.
int32_t
text_add_string(struct text* text, const char* string);

/// Frees the room; the text is empty.
void
text_free(struct text* text);

#endif
