// SPDX-License-Identifier: ISC
#ifndef LOAD_UTF8_H
#define LOAD_UTF8_H

/// Whether *text* is well-formed UTF-8: shortest forms, no surrogates.
int
utf8_is_valid(const char* text);

#endif
