// SPDX-License-Identifier: ISC
// The kinds of edits.
#ifndef ENGINE_EDIT_OPS_H
#define ENGINE_EDIT_OPS_H

#include "engine/edit_work.h"

extern const struct op_kind op_set;
extern const struct op_kind op_swap;
extern const struct op_kind op_insert;
extern const struct op_kind op_remove;
extern const struct op_kind op_bypass;
extern const struct op_kind op_drain;
extern const struct op_kind op_stop;

/// Finds op->edit->node and makes it the operation's first.
enum status
op_take_node(struct op* op);

/// Forgets the node behind a bypass.
void
record_drop_behind(struct record* record);

/// The link to the input that op->edit->to and to_port name.
enum status
op_take_input(struct op* op, struct link** out);

/// Takes back what was made for an insert that is not done.
void
op_unmake(struct op* op);

/// Frees what the operation has not handed on.
void
op_fini(struct op* op);

/// Gives up what edits made for the nodes of the engine, whose instances are
/// gone.
void
edit_unseat_all(struct editor* editor);

#endif
