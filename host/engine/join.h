// SPDX-License-Identifier: ISC
// Where two instances meet in the stream: the tail of the old one, frames that
// the new one gives too much because it is later, a crossfade.
#ifndef ENGINE_JOIN_H
#define ENGINE_JOIN_H

#include "engine/trial_data.h"

/// One call of the old instance, which still sits in the node, for its tail:
/// the input stays for the new one. What process returns; MORE as long as this
/// is not an error. Sets trial->drained with the last. [who has the node]
int32_t
join_drain(struct trial* trial);

/// Cuts off what the new instance gave too much, and sees to it that positions
/// go on where the old one stopped. [after a call of the new instance]
int32_t
join_cut(struct trial* trial);

/// Calls the old instance with the same input and mixes what both gave. After
/// the last frame of the fade it does nothing. [after a call of the new one]
void
join_fade(struct trial* trial);

static inline int
join_is_fading(const struct trial* trial)
{
  return trial->n_faded < trial->join.fade;
}

#endif
