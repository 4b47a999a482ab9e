// SPDX-License-Identifier: ISC
// Probation of a new instance. For its first blocks the old one is kept, and
// so is what the new one was given. A block that fails is done again by the
// old one, after it has been given all that came before: nothing is lost and
// nothing comes twice. It stands between the engine and the instance as an
// instance of its own, so that a node without trial pays nothing.
#ifndef ENGINE_TRIAL_H
#define ENGINE_TRIAL_H

#include "base/status.h"
#include "engine/trial_data.h"

/// A trial of what is in *spare*, for so many blocks. [control]
enum status
trial_new(struct node* node, struct node* spare, uint32_t n_blocks,
          struct trial** out);

/// Puts the new instance in and starts. [control, has borrowed the node]
void
trial_begin(struct trial* trial);

/// The new instance has passed, or that is taken for granted.
/// [who has the node; the trial goes on]
void
trial_pass(struct trial* trial);

/// Takes null. Not the spare.
void
trial_free(struct trial* trial);

#endif
