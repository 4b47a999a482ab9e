// SPDX-License-Identifier: ISC
// What swaps leave behind: trials that have ended, instances that nobody uses
// any more, parameter events that have been read.
#ifndef ENGINE_EDIT_REAP_H
#define ENGINE_EDIT_REAP_H

#include "engine/edit_work.h"

/// Takes note of trials that have ended and frees what nothing can see any
/// more. [editor->lock]
void
edit_reap(struct editor* editor);

/// The trial that goes on at *node*, or null. [editor->lock]
struct trial*
edit_find_trial(struct editor* editor, const struct node* node);

/// Takes for granted that the instance of *node* is good. [has borrowed it]
void
edit_settle(struct editor* editor, struct node* node);

/// Which parameter events *node* has read. [has borrowed it]
void
edit_look_at_gifts(struct editor* editor, const struct node* node);

/// Hands over what will be freed as soon as nothing uses it.
void
edit_retire(struct editor* editor, struct node* spare);

/// All of it, after the run. Instances of the engine are gone.
void
edit_reap_all(struct editor* editor);

#endif
