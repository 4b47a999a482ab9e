// SPDX-License-Identifier: ISC
// What consumers would like, carried from the sinks to the sources.
#ifndef PLAN_WISHES_H
#define PLAN_WISHES_H

#include "plan/draft.h"

/// Fills the wishes of all outputs, last node first. Formats that slots have
/// from an earlier round count for ports that must be the same.
enum status
wishes_make(struct draft* draft);

/// What the input of *link* takes, narrowed to what its node's consumers would
/// like of it.
void
wishes_of_link(const struct draft* draft, const struct plan_link* link,
               struct format_sets* out);

#endif
