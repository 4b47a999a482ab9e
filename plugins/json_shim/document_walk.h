// SPDX-License-Identifier: ISC
// The way through a text that finds its large parts.
#ifndef JSON_SHIM_DOCUMENT_WALK_H
#define JSON_SHIM_DOCUMENT_WALK_H

#include "document.h"

/// Fills parts, items, numbers and thin; doc is clear. It knows strings, and
/// brackets by their number: that the rest is JSON is for jansson to say.
int32_t
document_walk(struct document* doc, const char* text, size_t n, struct why* why);

#endif
