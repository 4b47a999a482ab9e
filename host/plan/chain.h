// SPDX-License-Identifier: ISC
// Chains of converters: how audio of one format becomes audio of another with
// the least work.
#ifndef PLAN_CHAIN_H
#define PLAN_CHAIN_H

#include "load/registry.h"
#include "plan/formats.h"
#include "plan/plan.h"

/// convert: encoding and packing; resample: rate; remix: channels.
enum converter { CONVERTER_CONVERT, CONVERTER_RESAMPLE, CONVERTER_REMIX };
enum { N_CONVERTERS = 3, CHAIN_MAX = 6 };

/// The node types; null: the registry has none.
struct converters {
  struct registry* registry;
  struct node_type* types[N_CONVERTERS];
};

enum chain_result {
  CHAIN_OK,
  CHAIN_NO_MEMORY,
  CHAIN_NO_TYPE, // a converter is missing
  CHAIN_NO_WAY   // a converter cannot do this
};

/// Nodes without id, each with one input and one output, formats set.
struct chain {
  uint32_t n;
  struct plan_node nodes[CHAIN_MAX];
  struct rill_format goal;
  enum chain_result result; // unless OK, there are no nodes
  enum converter why;       // the one that is missing or unable
};

const char*
converter_name(enum converter converter);

void
converters_find(struct converters* converters, struct registry* registry);

/// Fills *out*, which chain_fini frees, with what makes *to* of *from*, two
/// formats of audio. Gives out->result.
enum chain_result
chain_make(const struct converters* converters, const struct rill_format* from,
           const struct rill_format* to, struct chain* out);

/// What comes out of a chain that has nodes.
const struct rill_format*
chain_gives(const struct chain* chain);

void
chain_fini(struct chain* chain);

/// Whether going from *from* to *to* loses something in *field*: fewer
/// channels, fewer bits, a lower rate.
int
chain_loses(const struct rill_format* from, const struct rill_format* to,
            uint32_t field);

/// A number to compare ways by: 0 for equal formats, more for more work, and
/// very much more for a loss.
uint32_t
chain_cost(const struct rill_format* from, const struct rill_format* to);

#endif
