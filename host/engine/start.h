// SPDX-License-Identifier: ISC
// Brings the instances of all nodes to ACTIVE, producers first.
#ifndef ENGINE_START_H
#define ENGINE_START_H

#include "base/status.h"
#include "engine/state.h"

/// Each instance is told the sizes that those before it reported. On failure
/// the engine's error names the node. [control]
enum status
start_instances(struct engine* engine);

#endif
