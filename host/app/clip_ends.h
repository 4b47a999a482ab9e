// SPDX-License-Identifier: ISC
// Two node types that live in the host: `clip.in`, a source of the frames of a
// clip, without a copy, and `clip.out`, a sink that hands on what comes.
#ifndef APP_CLIP_ENDS_H
#define APP_CLIP_ENDS_H

#include "app/clip.h"
#include "load/registry.h"

/// The types of one registry. What they read and where they send it is changed
/// between runs; one graph at a time runs on them.
struct clip_ends {
  struct rill_node_desc in;
  struct rill_node_desc out;
  struct rill_format format; // of clip.in, wanted while a plan is made
  const struct clip* clip;
  struct clip_taker taker;
};

/// *ends* must outlive the registry.
enum status
clip_ends_add(struct clip_ends* ends, struct registry* registry);

#endif
