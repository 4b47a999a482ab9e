// SPDX-License-Identifier: ISC
// What the parts of graph_bind share.
#ifndef PLAN_BIND_H
#define PLAN_BIND_H

#include "plan/graph.h"
#include "plan/verdict.h"

struct id_entry {
  const char* id;
  uint32_t node;
};

struct bind {
  const struct spec* spec;
  struct registry* registry;
  struct graph* graph;
  struct id_entry* by_id; // sorted, for finding nodes
  struct verdict verdict;
};

/// Reads the parameters of node *index*, fills in defaults.
void
bind_params(struct bind* b, uint32_t index);

/// One parameter that the graph gives, by index, after it has been read: what
/// runs or loads code must have been allowed.
void
bind_check_allowed(struct bind* b, const struct graph_node* node, uint32_t k);

/// What a parameter of any type holds, as JSON text that the caller frees with
/// mem_free. Null: memory is out.
char*
bind_json(const struct spec_value* value);

/// A port that is looked for: by a word, or the first when that is empty.
struct search {
  const struct graph_node* node;
  const char* symbol;
  uint32_t direction; // enum rill_direction
  struct place place;
};

/// Gives the port's index, or n_ports after saying why there is none.
uint32_t
bind_port(struct bind* b, const struct search* search);

/// Links the inputs of all nodes. All types that are known have been found.
void
bind_links(struct bind* b);

/// Looks at the whole: sources, and if all is right so far, sinks and nodes
/// that lead nowhere. Every type is known.
void
bind_check_flow(struct bind* b);

/// No output on an input, on another output, or on the graph file.
void
bind_check_paths(struct bind* b);

/// A part of *place*: *length* characters from character *skip* on.
struct place
place_part(struct place place, size_t skip, size_t length);

/// "did you mean 'x'?", or *otherwise* (may be null) when *name* is null; the
/// caller frees with mem_free.
char*
hint_for(const char* name, const char* otherwise);

#endif
