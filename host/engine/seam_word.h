// SPDX-License-Identifier: ISC
// The word by which a node is asked for (seam.h).
#ifndef ENGINE_SEAM_WORD_H
#define ENGINE_SEAM_WORD_H

#include "engine/state.h"

/// Of node->seam.
enum seam {
  SEAM_SHUT,
  SEAM_ASKED,     // lend it at the next border
  SEAM_ASKED_DRY, // lend it when it has used up what it could get
  SEAM_LENT,
  SEAM_ENDED // the node will never run again
};

/// One load; before each pass.
static inline int
seam_is_asked(const struct engine* engine)
{
  return atomic_load_explicit(&engine->n_asked, memory_order_relaxed) != 0;
}

/// Before a call that is not in a row.
static inline int
seam_is_wanted(const struct node* node)
{
  const unsigned seam = atomic_load_explicit(&node->seam, memory_order_relaxed);
  return seam == SEAM_ASKED || seam == SEAM_ASKED_DRY;
}

/// The node has finished.
void
seam_end(struct node* node);

/// Editors may have something to see.
void
seam_tell_editors(struct engine* engine);

#endif
