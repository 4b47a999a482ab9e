// SPDX-License-Identifier: ISC
// What stands behind `in:`: a node, or one of its outputs.
#ifndef SPEC_SOURCE_H
#define SPEC_SOURCE_H

#include "spec/store.h"
#include "spec/diag.h"
#include "spec/spec.h"

/// Splits *word* at the dot: "vad.speech", "vad" (an empty port), or
/// "left/den.audio". Anything else has been complained about: *node* is null
/// then.
enum status
source_split(const struct word* word, struct diags* diags, struct store* store,
             char** node, char** port);

/// The port in *text* if its node is *node*, "" when it names none; null for
/// another node.
const char*
source_port_of(const char* text, const char* node);

#endif
