// SPDX-License-Identifier: ISC
// How a run goes wrong: the first error is kept, and everybody stops.
#ifndef ENGINE_FAIL_H
#define ENGINE_FAIL_H

#include "engine/state.h"

/// Writes the first error and halts; later ones are dropped. *node* is null
/// for the engine itself. [any thread]
void
engine_fail(struct engine* engine, const struct node* node, enum status status,
            const char* text);

#endif
