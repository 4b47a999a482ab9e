// SPDX-License-Identifier: ISC
// Bytes as text, RFC 4648 section 4: with padding, nothing else let pass.
#ifndef JSON_SHIM_BASE64_H
#define JSON_SHIM_BASE64_H

#include <stddef.h>
#include <stdint.h>

/// Bytes of the text of *n* bytes.
static inline size_t
base64_text_bytes(size_t n)
{
  return (n + 2) / 3 * 4;
}

/// Writes base64_text_bytes(n) characters and gives the end.
char*
base64_encode(char* to, const void* bytes, size_t n);

/// Bytes that a text of *n* characters stands for, by its length and padding,
/// or -1 when no text has these.
int64_t
base64_bytes(const char* text, size_t n);

/// Decodes base64_bytes(text, n) bytes. Gives null, or the first character
/// that does not belong; bits that are left over must be zero.
const char*
base64_decode(void* to, const char* text, size_t n);

/// Whether they are letters of the alphabet with at most two = at the end.
int
base64_is_text(const char* text, size_t n);

#endif
