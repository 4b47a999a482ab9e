// SPDX-License-Identifier: ISC
// Parameters: what a node takes, and the values it gets.
#ifndef RILL_VALUE_H
#define RILL_VALUE_H

#include "abi.h"

enum rill_type {
  RILL_TYPE_NONE = 0,
  RILL_TYPE_FLOAT = 1,
  RILL_TYPE_INT = 2,
  RILL_TYPE_BOOL = 3,
  RILL_TYPE_ENUM = 4,
  RILL_TYPE_STRING = 5,
  RILL_TYPE_LIST = 6, // only in values: items in `list`
  RILL_TYPE_JSON = 7  // any value, map and list of the file as JSON text
};

/// How numbers are written and printed; the value itself is in the base unit.
enum rill_unit {
  RILL_UNIT_NONE = 0,
  RILL_UNIT_HZ = 1,    // 16kHz
  RILL_UNIT_S = 2,     // seconds: 20ms
  RILL_UNIT_DB = 3,    // -6dB
  RILL_UNIT_BYTES = 4, // 64KiB
  RILL_UNIT_FRAMES = 5,
  RILL_UNIT_RATIO = 6, // 0.5, 50%
  RILL_UNIT_PATH = 7   // string: a file, relative to the working folder
};

enum rill_param_flags {
  RILL_PARAM_LIVE = 0x1,       // may change while the graph runs, by an event
  RILL_PARAM_STRUCTURAL = 0x2, // a change needs a new instance
  RILL_PARAM_REQUIRED = 0x4,   // has no default
  RILL_PARAM_LIST = 0x8,       // takes a list of such values (nested lists are
                               // flattened row by row)
  RILL_PARAM_EXEC = 0x10, // names a program to run: a graph that gives it is
                          // refused unless the user allows programs
  RILL_PARAM_CODE = 0x20  // names a file of code to load: a path other than a
                          // bare name is refused unless the user allows paths
};

/// One value of any type. Frozen for ever. What a type does not use is zero.
struct rill_value {
  uint32_t type;    // enum rill_type
  uint32_t n;       // bytes of text, or items of list
  double f;         // float; also set for int and bool
  int64_t i;        // int, bool (0, 1), enum (index); for float: truncated
  const char* text; // string, enum, JSON: ends with NUL; never null for them
#if UINTPTR_MAX == 0xffffffffu
  uint32_t pad_text;
#endif
  const struct rill_value* list;
#if UINTPTR_MAX == 0xffffffffu
  uint32_t pad_list;
#endif
  uint64_t reserved[3];
};

/// A parameter. The host checks type, range and enum names, fills in defaults
/// and converts units before the plugin sees a value.
struct rill_param_desc {
  uint32_t size;
  uint32_t type;  // enum rill_type
  uint32_t unit;  // enum rill_unit
  uint32_t flags; // enum rill_param_flags
  const char* symbol; // the key in the graph file: [a-z][a-z0-9_]*
  const char* doc;    // one line
  double min;         // numbers; min == max means any
  double max;
  const char* def; // default as text, as it would be written; null: required
  const char* const* names; // enum: its names
  uint32_t n_names;
  uint32_t reserved0;
  const char* example; // as it would be written, or null
};

enum rill_event_type {
  RILL_EVENT_PARAM = 1 // parameter `param` has `value` from `offset` on
};

/// Something that happens at a frame of a block. Frozen for ever.
struct rill_event {
  uint32_t offset; // frame in the block, events are sorted by it
  uint32_t type;   // enum rill_event_type
  uint32_t param;  // index into the node type's parameters
  uint32_t flags;
  struct rill_value value;
  uint64_t reserved[2];
};

#endif
