// SPDX-License-Identifier: ISC
// A plan in the making: the user's nodes in their order, without converters,
// and what negotiation knows about them.
#ifndef PLAN_DRAFT_H
#define PLAN_DRAFT_H

#include "plan/chain.h"
#include "plan/formats.h"
#include "plan/plan.h"
#include "plan/verdict.h"

/// What the consumers of an output would like, best first; none: no opinion.
struct wish {
  uint32_t n;
  struct format_set* sets;
};

enum trouble {
  TROUBLE_NONE,
  TROUBLE_INPUT,   // an input has no format: the link or its producer is wrong
  TROUBLE_OUTPUT,  // no format satisfies the port of output *slot*
  TROUBLE_DERIVE,  // derive refused: *status* and *reason*
  TROUBLE_NONSENSE // derive gave output *slot* a format that cannot be
};

/// What is known of a node. Derive may read a file, so it is not asked the same
/// question again.
struct node_state {
  enum trouble trouble;
  uint32_t slot;
  uint64_t question;           // hash of the formats it was asked with, or 0
  struct rill_format* formats; // its answer for all output slots
  uint64_t n_frames;
  enum status status;
  char* reason;
};

struct draft {
  struct plan* plan;
  const struct plan_options* options;
  const struct graph* graph;
  struct converters converters;
  struct verdict verdict;
  uint32_t n_nodes; // of the user, also once converters are in the plan
  uint32_t n_links;
  // The links of output slot s, counted over all nodes: fans[first_fan[s]] on.
  uint32_t* first_slot; // of each node: number of its first output slot
  uint32_t* first_fan;
  uint32_t* fans;
  struct wish* wishes;   // of each output slot
  struct chain** chains; // of each link; null: none was tried
  struct node_state* states; // of each node
};

/// Orders the nodes and makes slots and links. On failure the reason has been
/// given. The caller calls draft_fini in any case.
enum status
draft_init(struct draft* draft, const struct graph* graph);

/// Frees all but draft->plan.
void
draft_fini(struct draft* draft);

/// The links that output slot *slot* of *node* feeds.
const uint32_t*
draft_fan(const struct draft* draft, uint32_t node, uint32_t slot, uint32_t* n);

struct wish*
draft_wish(const struct draft* draft, uint32_t node, uint32_t slot);

#endif
