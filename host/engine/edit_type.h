// SPDX-License-Identifier: ISC
// From the words of an edit to a node that could be made: its type, its
// parameters, and whether it fits where the old one is.
#ifndef ENGINE_EDIT_TYPE_H
#define ENGINE_EDIT_TYPE_H

#include "engine/edit_work.h"

/// The type that op->edit->type names, loaded. A plugin file's generation goes
/// to *generation*, with a reference; null for a type of the registry.
/// On failure the reply says why. [control, may block]
enum status
edit_find_type(struct op* op, struct node_type* same, struct node_type** out,
               struct generation** generation);

/// Makes *plan* a node of *type* that can take the place of the operation's
/// node: slots, formats, parameters. On failure the reply says why and there
/// is nothing to free.
enum status
edit_make_plan(struct op* op, struct node_type* type, struct plan_node* plan);

/// Reads the edit's parameters into *plan*.
enum status
edit_set_params(struct op* op, struct plan_node* plan);

/// Frees what edit_make_plan made. Its id is the node's.
void
edit_free_plan(struct plan_node* plan);

#endif
