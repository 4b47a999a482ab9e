// SPDX-License-Identifier: ISC
// Keeps the last frames that a node was given, from some moment on, until
// there are enough of them to prime another instance. Like a trial it stands
// between the engine and the instance.
#ifndef ENGINE_RECORDER_H
#define ENGINE_RECORDER_H

#include "base/status.h"
#include "engine/tape.h"

struct recorder {
  struct rill_node face; // what the engine calls
  struct node* node;     // null: not in place
  struct rill_node* instance;
  int32_t (*process)(struct rill_node* node, const struct rill_process* block);
  struct tape tape;
  int in_call;
  uint64_t n_wanted;   // frames
  int has_all;         // it saw the stream from its first frame on
  atomic_int is_ready; // as many are kept
};

/// For *n_frames* of *node*. [control]
enum status
recorder_new(const struct node* node, uint64_t n_frames, struct recorder** out);

/// Starts. [has borrowed the node]
void
recorder_begin(struct recorder* recorder, struct node* node);

/// Stops; what was kept is still there. [has borrowed the node]
void
recorder_end(struct recorder* recorder);

/// Takes null. It is not in place.
void
recorder_free(struct recorder* recorder);

#endif
