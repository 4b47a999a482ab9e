// SPDX-License-Identifier: ISC
// The first half of freeing an engine, for who must do something in between.
#ifndef ENGINE_QUIET_H
#define ENGINE_QUIET_H

#include "engine/state.h"

/// Gives back all that is queued and lent, and destroys the instances in
/// reverse order. Figures stay; the engine can only be freed. [control]
void
engine_quiet(struct engine* engine);

#endif
