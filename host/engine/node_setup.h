// SPDX-License-Identifier: ISC
// A node around its instance: slots, services, pools, scratch memory.
#ifndef ENGINE_NODE_SETUP_H
#define ENGINE_NODE_SETUP_H

#include "base/status.h"
#include "engine/state.h"

/// Slots and services of the *index*-th node of the plan. [control]
enum status
node_init(struct engine* engine, uint32_t index);

/// After the instance has reported its sizes and links are there: how outputs
/// are bound, pools, the block that process gets. [control]
enum status
node_prepare(struct node* node);

/// Gives back the inputs that a call still had.
void
node_let_inputs_go(struct node* node);

/// After all buffers of all nodes have come home.
void
node_fini(struct node* node);

#endif
