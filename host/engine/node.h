// SPDX-License-Identifier: ISC
// A node of a running graph: the instance, its slots, and who may run it.
#ifndef ENGINE_NODE_H
#define ENGINE_NODE_H

#include "engine/buffer.h"
#include "engine/engine.h"
#include "engine/link.h"
#include "engine/step.h"
#include "plan/plan.h"

#include <rill/rill.h>
#include <stdatomic.h>
#include <stdint.h>

struct parallel;
struct seat;
struct services;
struct thread;

enum node_phase { NODE_RUNNING, NODE_DRAINING, NODE_FINISHED };

/// How an input slot takes part in the order of delivery (node.h of the SDK).
enum slot_order { SLOT_TIMED, SLOT_ALIGNED, SLOT_UNORDERED };

struct in_slot {
  struct link* link; // null: not connected
  enum slot_order order;
  struct buffer* taken; // lent to the call that runs; a reference of ours
};

struct out_slot {
  struct link** links;
  uint32_t n_links;
  int passthrough; // nothing is bound: the node sets the buffer
  int paired;      // as many frames as the input unless the node says so
  int32_t in_place; // input slot whose memory it may have, or -1
  uint32_t n_frames; // capacity of its buffers
  struct pool pool;
  int64_t n_produced; // frames
  int64_t next_pos;   // behind the last frame sent
  int64_t shift; // what is sent stands so much before its input: edits
  uint32_t stream_id; // of the last buffer sent
  uint64_t n_sent;    // buffers
  struct buffer* bound; // what the host bound for the call that runs
  const struct rill_format* format;
};

/// Who may run the node's segment: a claim is exclusive, a note makes its
/// holder look again before it lets go.
enum node_state { NODE_NOTED = 1, NODE_CLAIMED = 2 };

enum { NO_PROGRESS_CALLS = 10000 };

/// Written by who runs the node, read by anyone: relaxed, a little stale.
struct node_stats {
  atomic_uint_fast64_t n_calls;
  atomic_uint_fast64_t frames_in;
  atomic_uint_fast64_t frames_out;
  atomic_uint_fast64_t buffers_out;
  atomic_uint_fast64_t busy_ns;
  atomic_uint_fast64_t max_ns;
  atomic_uint_fast64_t wait_ns;
  atomic_uint_fast64_t histogram[ENGINE_HISTOGRAM];
};

/// Only one thread writes at a time, so no locked instruction is needed.
static inline void
stat_add(atomic_uint_fast64_t* stat, uint64_t n)
{
  atomic_store_explicit(
    stat, atomic_load_explicit(stat, memory_order_relaxed) + n,
    memory_order_relaxed);
}

static inline uint64_t
stat_get(const atomic_uint_fast64_t* stat)
{
  return atomic_load_explicit(stat, memory_order_relaxed);
}

/// Of the first node of a segment, which stands for all of them. Touched by
/// who has claimed it. See segment.h.
struct segment {
  struct node* last;
  struct node* live;   // the first that has not ended; null: all have
  struct node* cursor; // nothing behind this one can run
  uint64_t n_passes;
};

struct node {
  atomic_uint state;         // of a head
  struct node* _Atomic head; // the first of its segment, mostly itself
  struct segment segment;    // of a head
  atomic_int_fast64_t cost_ns; // of a pass, of a head; 0: not known yet
  struct step* step;
  struct parallel* parallel; // lanes for several calls at a time, or null
  atomic_uint seam; // enum seam: whether an editor wants or has it
  enum node_phase phase;
  uint32_t index; // into the plan
  uint32_t n_in;
  uint32_t n_out;
  uint32_t n_connected; // input slots with a link; 0: a source
  int is_asked_to_end;  // a source: by an editor
  struct in_slot* in;
  struct out_slot* out;
  struct rill_node* instance;
  int32_t (*process)(struct rill_node* node, const struct rill_process* block);
  struct rill_process block;
  struct rill_io* ios; // inputs, then outputs
  struct rill_io** io_pointers;
  int single;  // one input slot: the fast way
  int again;   // the last call said MORE: the same input once more
  int is_blocking;
  int is_prompt; // see RILL_ACTIVATE_PROMPT
  uint32_t n_idle_calls; // in a row, without input or output
  struct engine* engine;
  struct plan_node* plan;
  struct thread* thread; // BLOCKING: its own
  atomic_int deferred; // BLOCKING: noted, its thread not yet woken
  int noted_out;         // the step sent something or ended
  struct buffer* moved;  // an input that the step has passed on

  struct node_stats stats;
  void* scratch;

  struct services* services; // of the instance
  struct seat* seat;         // what an edit made for it, or null
  int is_aside;              // an editor's own stands before the instance
  int is_stale;              // its step knows another instance
  int64_t lent_ns;           // when it was lent to an editor
  struct node* next_spare;   // of those that an editor keeps
};

#endif
