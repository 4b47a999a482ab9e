// SPDX-License-Identifier: ISC
// What a port demands of a format, with the node's parameters and the formats
// of its other ports put in.
#ifndef PLAN_DEMANDS_H
#define PLAN_DEMANDS_H

#include "plan/formats.h"
#include "plan/plan.h"

/// Fills *out* with the sets of formats that *slot*, one of *node*'s, takes or
/// makes. Other slots count as far as they have a format. A set that cannot be
/// met is left out; a port without sets takes anything.
void
demands_resolve(const struct plan_node* node, const struct plan_slot* slot,
                struct format_sets* out);

/// The input that output *slot* is most like: the one it may share memory with,
/// else the first that has a format. Null for a source.
const struct plan_slot*
demands_model(const struct plan_node* node, const struct plan_slot* slot);

/// Whether the demand on *field* of the port of *slot* is a parameter that
/// *node* was given: then the user wants it so.
int
demands_is_asked(const struct plan_node* node, const struct plan_slot* slot,
                 uint32_t field);

#endif
