// SPDX-License-Identifier: ISC
// Waiting for what a running stream does.
#ifndef ENGINE_EDIT_WAIT_H
#define ENGINE_EDIT_WAIT_H

#include "engine/edit_work.h"

/// Until the new instance of *trial* has done a block or was taken back.
/// STATUS_LIMIT: not in time. [editor->lock]
enum status
edit_wait_first_block(struct editor* editor, struct trial* trial);

/// Until all recorders of *tx* have kept enough. On failure the reply says why.
/// [editor->lock]
enum status
edit_wait_recorders(struct transaction* tx);

/// Until the edits of a transaction that took effect are as far as *until*
/// says; brings the replies up to date.
enum status
edit_wait_until(struct editor* editor, const struct edit* edits, uint32_t n,
                enum edit_until until, struct edit_reply* replies);

#endif
