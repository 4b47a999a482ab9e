// SPDX-License-Identifier: ISC
// The hot part of a node: what a call touches when its segment runs in a row.
// One cache line, all nodes' in one array, in the order of the plan.
#ifndef ENGINE_STEP_H
#define ENGINE_STEP_H

#include <rill/rill.h>
#include <stdatomic.h>
#include <stdint.h>

struct link;
struct node;
struct out_slot;

/// Why a node is not run in a row with its neighbours but by node_step. The
/// row asks before each call, with one load: this is the seam for changes.
///
/// A row that comes to a node with a detour puts the buffer it carries onto the
/// link before it and ends. While a bit is set, the node's calls are made by
/// node_step, with the node's own block and slots. DETOUR_EDIT is for who
/// changes a node while the run goes on (seam.h): set when the node is asked
/// for, it also ends the pass before the node, so that the claim can be lent at
/// that border. It stays after the node was given back, for a changed node may
/// differ from what its step knows; segment_bind takes over what it is now and
/// lets rows pass again.
enum detour {
  DETOUR_SHAPE = 1,  // several inputs, outputs or readers, or not frames
  DETOUR_ENDED = 2,  // takes nothing any more
  DETOUR_EDIT = 4    // it is being changed, or has been
};

/// How a step in a row gets what it writes to.
enum step_flags {
  STEP_PASSES = 1,   // the node sets the buffer itself
  STEP_IN_PLACE = 2, // it may have its input's memory
  STEP_ENDS = 4,     // it has no output
  STEP_SCRATCH = 8   // it wants memory during the call
};

struct step {
  _Alignas(64) atomic_uint detour; // enum detour; 0: may be run in a row
  uint32_t flags;                  // enum step_flags
  int32_t (*process)(struct rill_node* node, const struct rill_process* block);
  struct rill_node* instance;
  struct step* next;    // of the same segment; null: the segment ends here
  struct link* link;    // of the only output
  struct out_slot* out; // the only one
  struct node* node;
  int64_t cost_ns; // of a call that nothing disturbs; 0: not known yet
};

/// The block and slots that steps in a row are shown, one after the other.
struct frame {
  struct rill_process block;
  struct rill_io in;
  struct rill_io out;
  struct rill_io* in_pointer;
  struct rill_io* out_pointer;
};

void
frame_init(struct frame* frame);

#endif
