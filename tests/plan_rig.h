// SPDX-License-Identifier: ISC
// From the text of a graph to a bound graph and a plan, over node types that
// live in the test.
#ifndef TESTS_PLAN_RIG_H
#define TESTS_PLAN_RIG_H

#include "base/text.h"
#include "load/registry.h"
#include "plan/graph.h"
#include "plan/plan.h"
#include "spec/diag.h"
#include "spec/spec.h"

#include <rill/rill.h>

struct rig {
  struct diags* diags;
  struct registry* registry;
  struct spec* spec;
  struct graph* graph;
  struct plan* plan;
  struct plan_options options;
  unsigned allows; // as spec.allows
  enum status status; // of the last step
};

/// With an empty registry.
void
rig_init(struct rig* rig);

void
rig_add(struct rig* rig, const struct rill_node_desc* desc);

/// Reads and binds *text*; only the lines of `nodes:` are given, so the first
/// of them is line 3.
void
rig_bind(struct rig* rig, const char* text);

/// The same, and makes the plan.
void
rig_plan(struct rig* rig, const char* text);

/// "G021 3:12 node 'a' ..." of the first error (or warning), "" for none.
/// Valid until the next call.
const char*
rig_first(const struct rig* rig, enum severity severity);

/// The hint of the first error or warning, "" for none.
const char*
rig_hint(const struct rig* rig);

/// The node *id* of the plan; fails the test when there is none.
const struct plan_node*
rig_node(const struct rig* rig, const char* id);

void
rig_fini(struct rig* rig);

#endif
