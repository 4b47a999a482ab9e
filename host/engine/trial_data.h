// SPDX-License-Identifier: ISC
// What a trial (trial.h) knows.
#ifndef ENGINE_TRIAL_DATA_H
#define ENGINE_TRIAL_DATA_H

#include "engine/tape.h"

#include <rill/rill.h>
#include <stdatomic.h>
#include <stdint.h>

enum trial_end { TRIAL_GOES_ON, TRIAL_PASSED, TRIAL_TAKEN_BACK };

/// What is done to the stream where the two instances meet.
struct trial_join {
  int drain_old;      // the old one gives its tail first
  int align;          // positions go on where the old one's stop
  uint64_t skip;      // frames of every output that the new one gives too much
  uint32_t fade;      // frames of a crossfade from the old one
};

struct trial {
  struct rill_node face; // what the engine calls
  struct trial* next;    // of the editor
  struct node* node;
  struct node* other; // spare: the old one, after a roll back the new one
  struct rill_node* instance; // the new one
  int32_t (*process)(struct rill_node* node, const struct rill_process* block);
  struct rill_node* old_instance;
  int32_t (*old_process)(struct rill_node* node, const struct rill_process* block);
  struct trial_join join;
  struct tape tape;
  int in_call; // the last call said MORE
  int is_seated; // the new instance is in the node; not while the old drains
  int drained; // the old one has given its tail: it can only start afresh
  int is_joined; // positions go on where the old one's stopped
  uint64_t n_skipped;
  uint32_t n_faded; // frames of the crossfade
  atomic_uint n_blocks; // done and accepted
  atomic_uint left;     // until it has passed
  atomic_int end;       // enum trial_end, and then nobody calls it any more
  char why[512];        // of the roll back
  // Of the transaction, for the editor.
  uint32_t generation;
  int is_seen;
};

#endif
