// SPDX-License-Identifier: ISC
// Parameters as text: what a user writes in a graph file, and back.
//
// A number is written in decimal with a point, in any locale: 0.5, -6, 1e-3.
// It may carry a unit of its parameter, with no space between:
//   Hz       Hz kHz MHz
//   seconds  ns us ms s min h
//   bytes    B kB MB GB (1000) KiB MiB GiB (1024)
//   dB       dB
//   ratio    %
// A bare number is in the base unit (Hz, seconds, bytes). Everything that two
// readers could understand differently is refused: 010, 0x10, 0,5, .5, yes.
#ifndef RILL_HARNESS_PARAM_TEXT_H
#define RILL_HARNESS_PARAM_TEXT_H

#include <rill/status.h>
#include <rill/value.h>

/// Reads *text* as one value of the parameter *desc*; of a list parameter
/// (RILL_PARAM_LIST) it reads one item. *out* is written only on success.
/// A string's out->text is *text* itself, an enum's is the name in *desc*.
/// On failure gives RILL_ERR_BAD_PARAM, and *error* (may be null) says what is
/// wrong and what to write instead; the caller says where. [T]
int32_t
rill_param_read(const struct rill_param_desc* desc,
                const char* text,
                struct rill_value* out,
                char* error,
                size_t error_bytes);

/// Prints *value* as rill_param_read takes it: 16000 with RILL_UNIT_HZ is
/// "16kHz". Reading that gives the same bits. A list is "[a, b]", with its
/// strings in double quotes. Gives the length of the whole text, as snprintf
/// does; *out* ends with NUL when n_bytes > 0. [T]
size_t
rill_param_print(const struct rill_param_desc* desc,
                 const struct rill_value* value,
                 char* out,
                 size_t n_bytes);

/// Prints a number of *unit* the same way. [T]
size_t
rill_number_print(uint32_t unit, double number, char* out, size_t n_bytes);

#endif
