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
  char id[65]; // for whoever speaks after the node is gone
};

/// A spare node for *node*, to be made of plan->type by instance_start. Takes
/// *plan* and a reference to *generation* also when it fails. [control]
enum status
seat_open(struct node* node, struct plan_node* plan, struct generation* generation,
          struct node** out);

/// After its instance is ACTIVE: the spare can be put in. Slot k of it is for
/// what slot k of the node is linked to. [control]
enum status
seat_complete(struct node* spare, const struct node* node);

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
