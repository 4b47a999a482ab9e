// SPDX-License-Identifier: ISC
// rill.profile/1: where a node's own time goes, by names of its choice. The
// host shows the parts beside the time of whole calls.
#ifndef RILL_EXT_PROFILE_H
#define RILL_EXT_PROFILE_H

#include "../node.h"

#define RILL_EXT_PROFILE "rill.profile/1"

enum { RILL_PROFILE_MAX_PARTS = 8 }; // a host may read no more

/// A node gives this from get_extension.
struct rill_profile_ops {
  uint32_t size;
  uint32_t n_parts;

  /// A word each: "encode". Static, the same for all nodes of a type.
  const char* const* names;

  /// Nanoseconds spent in each part since activate or reset, n_parts of them.
  /// Whoever measures pays for it, so measure what takes microseconds. [T, RT]
  void (*read)(const struct rill_node* node, uint64_t* ns);
};

#endif
