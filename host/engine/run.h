// SPDX-License-Identifier: ISC
// One step of one node: take input, call process, hand the output on. Neither
// allocates nor blocks once pools are warm.
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/state.h"

/// Whether the node could make a call now: input (or its end) is there and
/// all outputs have room. Asks for a note when room is what is missing.
/// [who has claimed the node, or everybody is parked]
int
node_ready(struct node* node);

/// One call of process, in whatever state the node is: here changes are taken
/// up (step.h). [who has claimed the node; it is ready]
void
node_step(struct thread* thread, struct node* node);

/// What follows a call that answered *rc*: outputs are checked and sent, inputs
/// given back, the node ends or fails. [who has claimed the node]
void
node_conclude(struct node* node, int32_t rc);

#endif
