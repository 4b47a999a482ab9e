// SPDX-License-Identifier: ISC
// Characters of UTF-8 text and how wide a terminal shows them.
#ifndef SPEC_UTF8_H
#define SPEC_UTF8_H

#include <stddef.h>
#include <stdint.h>

/// The character at *text*, of which *n_bytes* > 0 are left; its length goes to
/// *length*. What is no UTF-8 gives UTF8_BAD and length 1.
uint32_t
utf8_read(const char* text, size_t n_bytes, size_t* length);

#define UTF8_BAD 0xffffffffu

/// Columns in a terminal: 0 (joins the one before), 1 or 2.
unsigned
utf8_width(uint32_t character);

/// True for what must not reach a terminal as it is: control characters, and
/// marks that change the direction or break the line.
int
utf8_is_control(uint32_t character);

/// Length of a byte order mark at the start of a file, which is no character.
size_t
utf8_mark_length(const char* text, size_t n_bytes);

/// Characters in *text*; a byte that is no UTF-8 counts as one.
size_t
utf8_count(const char* text, size_t n_bytes);

/// True when all of it is UTF-8.
int
utf8_is_text(const char* text, size_t n_bytes);

#endif
