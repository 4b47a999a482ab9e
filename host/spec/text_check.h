// SPDX-License-Identifier: ISC
// Whether bytes are text that a graph file can be made of.
#ifndef SPEC_TEXT_CHECK_H
#define SPEC_TEXT_CHECK_H

#include "spec/diag.h"

/// Refuses what is no UTF-8, NUL and other control characters, line breaks that
/// editors do not agree upon, and YAML directives: of the rest each character
/// has one line and one column for everybody. *file* as registered.
enum status
text_check(const char* file, const char* text, size_t n_bytes,
           struct diags* diags);

#endif
