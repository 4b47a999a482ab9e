// SPDX-License-Identifier: ISC
// What to do when every thread is parked although streams have not ended.
#ifndef ENGINE_STUCK_H
#define ENGINE_STUCK_H

#include "engine/state.h"

/// Finds a node that can run, or makes room so that one can, or ends the run
/// with an error. Holds park_lock; all threads are parked.
void
stuck(struct engine* engine);

#endif
