// SPDX-License-Identifier: ISC
// The life of a plugin's instance: create, configure, activate, and back.
#ifndef ENGINE_INSTANCE_H
#define ENGINE_INSTANCE_H

#include "base/status.h"
#include "engine/node.h"

/// Brings node->instance to ACTIVE and fills what it reported into the plan
/// and the output slots. On failure node->services->error_text says why and the
/// instance is gone. [control]
enum status
instance_start(struct node* node);

/// Deactivates and destroys. Takes a node that was not started. [control]
void
instance_stop(struct node* node);

#endif
