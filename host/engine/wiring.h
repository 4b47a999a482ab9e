// SPDX-License-Identifier: ISC
// Links between the slots of nodes, as the plan says.
#ifndef ENGINE_WIRING_H
#define ENGINE_WIRING_H

#include "base/status.h"
#include "engine/state.h"

/// Links all slots. Nodes have their slots. [control]
enum status
wiring_init(struct engine* engine);

/// Silence in front of the links that must lag behind. [control, after nodes
/// have their pools]
enum status
wiring_put_delays(struct engine* engine);

/// Gives back what is still queued.
void
wiring_fini(struct engine* engine);

#endif
