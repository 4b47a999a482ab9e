// SPDX-License-Identifier: ISC
// Another instance for a node that runs: made beside the stream in a spare
// node, then put in by exchanging what belongs to the instances. The rest of
// the node (links, state, figures) stays where neighbours and workers know it.
#ifndef ENGINE_SEAT_H
#define ENGINE_SEAT_H

#include "base/status.h"
#include "engine/state.h"

struct generation;

/// Who sits in a node that an edit has made.
struct seat {
  struct plan_node plan; // its id is the node's first plan's
  struct generation* generation; // the code, or null: the registry's
};

/// A spare node for *node* with an ACTIVE instance of plan->type, which takes
/// *plan* and a reference to *generation* also when it fails. Slot k of it is
/// for what slot k of the node is linked to. On failure *error* says why.
/// [control; plugin code runs]
enum status
seat_new(struct node* node, struct plan_node* plan, struct generation* generation,
         struct node** out, char* error, size_t error_bytes);

/// What was in *spare* is in *node*, and the other way round. Inputs of a call
/// that runs stay with the node; the shift of an output belongs to who sits.
/// [who has the node]
void
seat_exchange(struct node* node, struct node* spare);

/// Whether nothing of the spare is used any more; destroys its instance as
/// soon as that may be. [control]
int
seat_is_free(struct node* spare);

/// Takes null. The instance is gone.
void
seat_give_up(struct seat* seat);

/// Takes null. All buffers are home.
void
seat_free(struct node* spare);

#endif
