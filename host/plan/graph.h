// SPDX-License-Identifier: ISC
// A spec whose words have been bound: node types found, parameters read,
// inputs linked to outputs.
#ifndef PLAN_GRAPH_H
#define PLAN_GRAPH_H

#include "base/status.h"
#include "load/registry.h"
#include "spec/diag.h"
#include "spec/spec.h"

#include <rill/rill.h>
#include <stdint.h>

struct graph_node {
  char* id;
  struct node_type* type;
  struct rill_value* params; // all of the type's, in its order
  struct place place;        // of the id
  struct place* param_places; // of each value; line 0: the default
};

/// From an output port to an input port, both by index into the type's ports.
/// Several links to a MULTI port keep the order of the file.
struct graph_link {
  uint32_t from;
  uint32_t from_port;
  uint32_t to;
  uint32_t to_port;
  struct place place; // of the source in the consumer's `in`
};

struct graph {
  const struct spec* spec;
  struct graph_node* nodes; // in file order
  uint32_t n_nodes;
  struct graph_link* links;
  uint32_t n_links;
};

/// Finds types, reads parameters, links ports and checks all of it: every name
/// with a suggestion, every input fed once, nothing required left open, no
/// two sinks on one path, no output on an input. Loads no plugin. The spec and
/// the registry must outlive the graph. [control]
enum status
graph_bind(const struct spec* spec, struct registry* registry,
           struct diags* diags, struct graph** out);

/// Takes null.
void
graph_free(struct graph* graph);

#endif
