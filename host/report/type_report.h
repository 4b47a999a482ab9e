// SPDX-License-Identifier: ISC
// Node types: what a type is for, its ports, formats and parameters.
#ifndef REPORT_TYPE_REPORT_H
#define REPORT_TYPE_REPORT_H

#include "base/json.h"
#include "base/status.h"
#include "base/text.h"

#include <rill/rill.h>
#include <stdio.h>

/// A type and the file that it comes from; *path* may be "".
struct type_report {
  const struct rill_node_desc* desc;
  const char* path;
  const char* hash;
};

/// The first line of a doc.
void
doc_summary(const char* doc, struct text* out);

/// The page of `rill inspect`.
enum status
type_report_print(const struct type_report* type, FILE* to);

/// The same as an object of *json*.
void
type_report_put(const struct type_report* type, struct json* json);

/// What a port takes or gives, in words: "audio, encoding f32, rate as 'in'".
void
format_set_describe(const struct rill_node_desc* desc,
                    const struct rill_format_set* set, struct text* out);

/// "audio" for RILL_KIND_AUDIO, ...; static.
const char*
kind_name(uint32_t kind);

/// "float", "list of int", ...; static.
const char*
param_type_name(const struct rill_param_desc* param);

/// The range in words: "0..1", "from 8kHz", "one of a, b"; "" for any.
void
param_range(const struct rill_param_desc* param, struct text* out);

#endif
