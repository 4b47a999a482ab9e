// SPDX-License-Identifier: ISC
// A graph file as plain data, each item with its place. Knows nothing of
// plugins: node types, ports and parameters are still words here.
#ifndef SPEC_SPEC_H
#define SPEC_SPEC_H

#include "base/status.h"
#include "spec/diag.h"

#include <stdint.h>

/// A scalar after substitution of $(...). *quoted* tells "16" from 16.
struct word {
  char* text; // never null once parsed
  struct place place;
  int quoted;
};

/// A letter of a map's shape: each KEY and WORD takes the next word.
enum spec_shape {
  SHAPE_MAP = '{',
  SHAPE_LIST = '[',
  SHAPE_END = '.',
  SHAPE_KEY = 'k',
  SHAPE_WORD = 'w'
};

/// A parameter's value as written: one scalar, or a list (nested lists are
/// flattened row by row; *rows* keeps the number of rows, 0 for a flat list),
/// or a map: then *shape* says how its keys and scalars stand in each other.
struct spec_value {
  struct word* words;
  uint32_t n_words;
  uint32_t rows;
  int is_list;
  char* shape; // null: no map; letters of enum spec_shape, no NUL
  uint32_t n_shape;
  struct place place;
};

struct spec_param {
  struct word key;
  struct spec_value value;
};

/// `in: node.port`: which output feeds which input port. An empty *port* means
/// the type's first input; an empty *source_port* the type's first output.
struct spec_input {
  struct word port;
  struct word source; // as written
  char* source_node;
  char* source_port;
};

struct spec_node {
  struct word id; // "a", or "a/b" in a template's instance
  struct word type;
  struct spec_input* inputs;
  uint32_t n_inputs;
  struct spec_param* params;
  uint32_t n_params;
  char* doc; // null: none
};

enum spec_convert { SPEC_CONVERT_AUTO, SPEC_CONVERT_EXPLICIT };

/// A variable, declared in `vars:`.
struct spec_var {
  struct word name;
  char* type;          // "path", "rate", "string", ...; never null
  char* value;         // from --set, -i, -o, or the default; null: none
  char* default_value; // null: none
  char* help;          // null: none
  int required;
};

enum spec_mode { SPEC_MODE_OFFLINE, SPEC_MODE_REALTIME };

/// `run:`; 0 and null mean "not given".
struct spec_run {
  uint32_t block;
  uint32_t threads;
  enum spec_mode mode;
  struct place place; // of `run`; line 0: not given
};

/// What the user lets a graph do: with it, a graph is code.
enum spec_allow {
  SPEC_ALLOW_EXEC = 1, // run programs
  SPEC_ALLOW_PATH = 2  // load code by a path
};

struct store;

/// Owns all that it points to.
struct spec {
  struct store* store;
  const char* file; // as given; lives as long as the diagnostics
  char* name; // never null: the file's stem when not given
  char* doc;  // null: none
  struct spec_var* vars;
  uint32_t n_vars;
  struct spec_node* nodes; // in file order, includes and templates expanded
  uint32_t n_nodes;
  enum spec_convert convert;
  struct spec_run run;
  unsigned allows; // bits of enum spec_allow: no file says it, the caller does
};

/// One --set (or -i, -o): *value* replaces the variable *name*.
struct spec_setting {
  const char* name;
  const char* value;
};

/// Reads a graph file ("-" is stdin) with its includes. Errors go to *diags*;
/// on any error the status is STATUS_BAD_GRAPH and *out* is not written. The
/// caller frees with spec_free. Takes less than 1 s and 64 MiB for any input.
/// [control]
enum status
spec_read(const char* path, const struct spec_setting* settings,
          uint32_t n_settings, struct diags* diags, struct spec** out);

/// The same from memory; *file* names it in messages.
enum status
spec_parse(const char* file, const char* text, size_t n_bytes,
           const struct spec_setting* settings, uint32_t n_settings,
           struct diags* diags, struct spec** out);

/// Null: there is no such node. Looks at one after the other.
const struct spec_node*
spec_find_node(const struct spec* spec, const char* id);

const struct spec_var*
spec_find_var(const struct spec* spec, const char* name);

/// Takes null.
void
spec_free(struct spec* spec);

#endif
