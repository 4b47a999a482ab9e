// SPDX-License-Identifier: ISC
// Writing JSON for other programs: `--json` output, reports, traces.
//
// Keys keep the order of the calls. Numbers are the shortest decimals that read
// back as the same number, in any locale. Text that is not UTF-8 is repaired
// (U+FFFD), because a file name may be anything. Memory that runs out shows in
// json_finish and json_print alone; the calls in between then do nothing.
//
//   struct json json = { 0 };
//   json_begin(&json, "rill.list/1");
//   json_open_array(&json, "types");
//   json_put_text(&json, NULL, "gain");
//   st = json_print(&json, stdout);
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/status.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>

enum { JSON_MAX_DEPTH = 32 };

/// Where new lines go. PRETTY: one for each member of the document and for
/// each item below it. LINE: none, for one document a line.
enum json_layout { JSON_PRETTY, JSON_LINE };

/// A document while it is written. Zero-initialised is empty.
struct json {
  struct text text;
  enum json_layout layout;
  uint32_t depth;                // of what is open
  char closers[JSON_MAX_DEPTH];  // '}' or ']' for each
  char n_items[JSON_MAX_DEPTH];  // 0: none yet, so no comma
};

/// Opens the document's object and puts {"schema": schema} into it; schema has
/// a version: "rill.plan/1". Null: an object without one.
void
json_begin(struct json* json, const char* schema);

/// In all that follow *key* names the member, and is null inside an array.
void
json_open_object(struct json* json, const char* key);

void
json_open_array(struct json* json, const char* key);

/// Closes what was opened last.
void
json_close(struct json* json);

/// A null *value* is written as null.
void
json_put_text(struct json* json, const char* key, const char* value);

void
json_put_int(struct json* json, const char* key, int64_t value);

void
json_put_uint(struct json* json, const char* key, uint64_t value);

/// NaN and infinity, which JSON lacks, are written as null.
void
json_put_real(struct json* json, const char* key, double value);

/// true or false.
void
json_put_flag(struct json* json, const char* key, int value);

void
json_put_null(struct json* json, const char* key);

/// Closes all that is open and hands the text to the caller (mem_free); null
/// when memory ran out. *json* is empty afterwards.
char*
json_finish(struct json* json);

/// The same, to a file, with a newline. BAD_OUTPUT: it could not be written
/// (errno says why); NO_MEMORY. *json* is empty afterwards.
enum status
json_print(struct json* json, FILE* to);

/// The shortest decimal that reads back as *value*, for any finite number; 32
/// bytes are enough.
void
json_number(double value, char* out, size_t n_bytes);

#endif
