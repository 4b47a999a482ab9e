// SPDX-License-Identifier: ISC
// Finds a call of process that does not return. BLOCKING nodes may wait as
// long as they like.
#ifndef ENGINE_WATCHDOG_H
#define ENGINE_WATCHDOG_H

#include "engine/state.h"

/// Starts when options.call_deadline_ns is set; a machine that has no thread
/// for it runs without. [control]
void
watchdog_start(struct engine* engine);

void
watchdog_stop(struct engine* engine);

#endif
