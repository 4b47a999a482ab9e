// SPDX-License-Identifier: ISC
// A node around its instance: slots, services, pools, scratch memory.
#ifndef ENGINE_NODE_SETUP_H
#define ENGINE_NODE_SETUP_H

#include "base/status.h"
#include "engine/state.h"

/// Slots and services of the *index*-th node of the plan. [control]
enum status
node_init(struct engine* engine, uint32_t index);

/// The same for a node that is not in the plan: *node* is zeroed, *plan* has
/// its slots. [control]
enum status
node_init_as(struct node* node, struct engine* engine, uint32_t index,
             struct plan_node* plan);

/// After the instance has reported its sizes and links are there: how outputs
/// are bound, pools, the block that process gets. [control]
enum status
node_prepare(struct node* node);

/// Whether outputs may have the memory of inputs, as the type allows, or may
/// not: somebody else wants to see the inputs after the call. [who has it]
void
node_allow_in_place(struct node* node, int yes);

/// Gives back the inputs that a call still had.
void
node_let_inputs_go(struct node* node);

/// After all buffers of all nodes have come home.
void
node_fini(struct node* node);

#endif
