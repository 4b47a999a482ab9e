// SPDX-License-Identifier: ISC
#include "engine/seam_word.h"

#include "engine/futex.h"

// The word changes whenever an editor may have something to see.
void
seam_tell_editors(struct engine* engine)
{
  atomic_fetch_add(&engine->seam_news, 1);
  futex_wake(&engine->seam_news);
}

void
seam_end(struct node* node)
{
  const unsigned seam = atomic_exchange(&node->seam, SEAM_ENDED);
  if (seam == SEAM_ASKED || seam == SEAM_ASKED_DRY) {
    atomic_fetch_sub(&node->engine->n_asked, 1);
    seam_tell_editors(node->engine);
  }
}
