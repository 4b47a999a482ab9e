// SPDX-License-Identifier: ISC
// What stands behind `in:`: a node, or one of its outputs.
#ifndef SPEC_SOURCE_H
#define SPEC_SOURCE_H

#include "spec/store.h"
#include "spec/diag.h"
#include "spec/spec.h"

/// Splits *word* at the first dot: "vad.speech", "vad" (an empty port),
/// "left/den.audio", or "$in" and "$in.port" where *may_be_own* is not 0.
/// Anything else has been complained about: *node* is null then.
enum status
source_split(const struct word* word, int may_be_own, struct diags* diags,
             struct store* store, char** node, char** port);

#endif
