// SPDX-License-Identifier: ISC
// Asking a plugin what formats its outputs will have.
#ifndef PLAN_DERIVE_H
#define PLAN_DERIVE_H

#include "base/status.h"
#include "plan/plan.h"

enum { DERIVE_ERROR_BYTES = 1024 };

/// Whether the type of *node*, which has been loaded, has anything to say.
int
derive_is_there(const struct plan_node* node);

/// Calls derive with the formats of *node*'s slots, and puts what it says into
/// the formats of its outputs and *n_frames*. On failure they are as they were,
/// and *error* says why.
enum status
derive_ask(struct plan_node* node, uint64_t* n_frames, char* error,
           size_t error_bytes);

#endif
