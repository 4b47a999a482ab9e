// SPDX-License-Identifier: ISC
// What a peer gives back: {"outputs": [...]} or {"error": "..."}.
#ifndef JSON_SHIM_REPLY_H
#define JSON_SHIM_REPLY_H

#include "document.h"
#include "why.h"

/// Reads *text* into *doc* and looks at its shape. An error of the peer, or a
/// reply that is none, is a failure with a reason.
int32_t
reply_read(struct document* doc, const struct span* text, struct why* why);

/// The outputs, in order; doc->items has their texts. May be null with none.
const struct json_t*
reply_outputs(const struct document* doc);

#endif
