// SPDX-License-Identifier: ISC
// rill.state/1: a node's state as bytes, so that another instance goes on
// exactly where this one is (swap), or starts there later (save).
#ifndef RILL_EXT_STATE_H
#define RILL_EXT_STATE_H

#include "../node.h"

#define RILL_EXT_STATE "rill.state/1"

/// Takes bytes in order; returns a status. [as the call that it is given to]
struct rill_writer {
  uint32_t size;
  uint32_t reserved0;
  int32_t (*write)(void* arg, const void* data, uint64_t n_bytes);
  void* arg;
};

/// A node gives this from get_extension. The host stores the node type's
/// state_version with the bytes; import gets the version they were written by.
struct rill_state_ops {
  uint32_t size;
  uint32_t reserved0;

  /// Between two process calls. [C]
  int32_t (*export_state)(const struct rill_node* node,
                          const struct rill_writer* to);

  /// On an ACTIVE instance of the same formats, before its first block. What
  /// is not right is refused whole, and the instance stays fresh. [C]
  int32_t (*import_state)(struct rill_node* node,
                          uint32_t state_version,
                          const void* data,
                          uint64_t n_bytes);

  /// Frames of past input that determine the state; 0: all of it. [T]
  uint64_t (*history_frames)(const struct rill_node* node);
};

#endif
