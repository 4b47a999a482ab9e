// SPDX-License-Identifier: ISC
// How long segments are, once it is known what calls cost: a dear chain is cut
// into parts that several workers can run at the same time, each on another
// buffer; parts that are too cheap for a trip to another core, or that an edit
// has cut, are put together again.
#ifndef ENGINE_SHARE_H
#define ENGINE_SHARE_H

#include "engine/state.h"

/// Looks, now and then, whether the segment should be cut or be longer. Parts
/// that are cut off are queued. [worker who has claimed it, between two passes]
void
share_out(struct thread* thread, struct node* head);

#endif
