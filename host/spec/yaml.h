// SPDX-License-Identifier: ISC
// YAML as a stream of events, one at a time. What graph files do not use
// (anchors, aliases, tags, a second document) has been refused on the way.
#ifndef SPEC_YAML_H
#define SPEC_YAML_H

#include "spec/store.h"
#include "spec/diag.h"
#include "spec/spec.h"

enum { YAML_MAX_DEPTH = 32, YAML_MAX_SCALAR = 64 * 1024 };

enum event_kind {
  EVENT_SCALAR,
  EVENT_LIST,
  EVENT_MAP,
  EVENT_END,     // of the list or map
  EVENT_REFUSED, // stands for a value that has been complained about
  EVENT_DONE     // of the file
};

struct event {
  enum event_kind kind;
  struct word word; // a scalar's text; the place of any event
};

struct yaml;

/// *file* as diags_add_source gave it; *text* must stay until yaml_close and
/// has passed text_check. Null: out of memory.
struct yaml*
yaml_open(const char* file, const char* text, size_t n_bytes,
          struct diags* diags, struct store* store);

/// The next event, with its text in the store. What is not YAML, nested too
/// deeply or too long has been put into the diagnostics, and ends the file:
/// STATUS_BAD_GRAPH. Lists and maps are always closed before EVENT_DONE.
enum status
yaml_next(struct yaml* yaml, struct event* out);

/// Takes null.
void
yaml_close(struct yaml* yaml);

#endif
