// SPDX-License-Identifier: ISC
// What the files of a graph say, before variables, templates and includes have
// been worked in. Lives in the spec's store.
#ifndef SPEC_DOCUMENT_H
#define SPEC_DOCUMENT_H

#include "spec/store.h"
#include "spec/diag.h"
#include "spec/names.h"
#include "spec/spec.h"

#include <stdint.h>

enum {
  DOCUMENT_MAX_NODES = 10000,
  DOCUMENT_MAX_LINKS = 100000,
  DOCUMENT_MAX_NAME = 64,  // characters of an id or name
  DOCUMENT_MAX_PORTS = 64, // inputs, outputs and parameters of a template, each
  DOCUMENT_MAX_INCLUDES = 256,
};

/// A key with one scalar. A text of null means that none was given.
struct document_pair {
  struct word key;
  struct word value;
};

struct document_var {
  struct word name;
  struct word type;          // text null: not given
  struct word default_value; // text null: none
  struct word help;
  struct word required;
};

/// A node as written, or an instance of a template.
struct document_node {
  struct word id;
  struct word type;          // text null: not given
  struct word template_name; // text null: not an instance
  struct word doc;
  struct spec_input* inputs;
  uint32_t n_inputs;
  struct spec_param* params;
  uint32_t n_params;
};

struct document_template {
  struct word name;
  struct document_pair* params; // a value whose text is null is required
  uint32_t n_params;
  struct document_pair* inputs; // name of a port: what it feeds inside
  uint32_t n_inputs;            // a port that feeds several is there as often
  struct document_pair* outputs; // name of a port: where it comes from inside
  uint32_t n_outputs;
  struct document_node* nodes;
  uint32_t n_nodes;
  struct names ids; // of the nodes, after document_check
};

struct document {
  struct word name;
  struct word doc;
  struct word convert;
  struct word block;
  struct word threads;
  struct word mode;
  struct place run;
  struct document_var* vars;
  uint32_t n_vars;
  struct document_template* templates;
  uint32_t n_templates;
  struct document_node* nodes;
  uint32_t n_nodes;
  struct word* includes; // paths, of the file that was parsed last
  uint32_t n_includes;
  uint32_t n_all_nodes; // those of templates too
  int has_nodes;        // somewhere the key is there
  int is_broken;        // an included file was not read
  struct names templates_by_name; // after document_check
};

/// What is only known when all files have been read: names that are there
/// twice, and whether there are nodes at all.
enum status
document_check(struct document* document, const char* file,
               struct diags* diags);

/// The rest is in the store.
void
document_fini(struct document* document);

#endif
