// SPDX-License-Identifier: ISC
// From the nodes and links of a graph to those of a plan, which have slots.
#ifndef PLAN_DRAFT_SLOTS_H
#define PLAN_DRAFT_SLOTS_H

#include "plan/draft.h"

/// Where the nodes of the graph go. *order* and *rank* are filled by the
/// caller.
struct layout {
  uint32_t* order;   // graph node of each plan node
  uint32_t* rank;    // plan node of each graph node
  uint32_t* n_multi; // links to the MULTI output of each graph node
  uint32_t* n_taken; // of these, how many have been made
  uint32_t* first;   // of each graph node: its first link, they are grouped
};

enum status
layout_init(struct layout* layout, const struct graph* graph);

void
layout_fini(struct layout* layout);

/// Makes node *index* of the plan, with its slots.
enum status
draft_make_node(struct draft* draft, const struct layout* layout,
                uint32_t index);

/// Links the inputs of node *index*: a slot a port, of a MULTI port one a link.
/// All nodes have been made.
void
draft_make_links(struct draft* draft, struct layout* layout, uint32_t index);

#endif
