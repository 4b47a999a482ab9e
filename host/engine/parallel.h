// SPDX-License-Identifier: ISC
// PARALLEL nodes: several inputs of one node are processed at the same time, by
// several workers; what comes of them is sent in the order of the inputs.
//
// Such a node is a segment by itself. Its claim covers what must be in order:
// taking inputs, and checking and sending what calls gave. The calls are made
// without it, each in a lane. Lanes are a ring: the oldest is the next to be
// sent, and no more inputs can be on their way than there are lanes. A call
// that answered MORE is repeated, and draining is done, under the claim, when
// it is the oldest one's turn; errors are told in the order of the inputs too.
#ifndef ENGINE_PARALLEL_H
#define ENGINE_PARALLEL_H

#include "engine/state.h"

/// A call: of one input, not in the order of the stream.
struct lane {
  atomic_int is_done;
  int32_t rc;
  struct frame frame;
  struct buffer* in;    // our reference
  struct buffer* bound; // lent as the output, or null
  void* scratch;
  char* error_text; // what the call said
  int64_t begin_ns;
  int64_t end_ns;
};

/// Touched by who has claimed the node, but for a lane that is being called.
struct parallel {
  int is_on;
  uint32_t n_lanes;
  struct lane* lanes;
  uint64_t n_taken; // inputs, since the run began
  uint64_t n_sent;
  uint64_t scratch_bytes; // of each lane
};

/// Makes lanes when the node's type allows it and there are workers for it. It
/// is run as any other until parallel_start. [control]
enum status
parallel_init(struct node* node);

/// Gives back what is in the lanes and forgets them; all threads have ended.
void
parallel_reset(struct node* node);

void
parallel_fini(struct node* node);

/// Whether lanes could be used, for one input and one output of frames.
/// [who has claimed the node]
int
parallel_is_possible(const struct node* node);

/// From now on. [who has claimed the node, which is alone in its segment]
void
parallel_start(struct node* node);

/// Calls are on their way. [who has claimed the node]
static inline uint64_t
parallel_n_called(const struct node* node)
{
  return node->parallel ? node->parallel->n_taken - node->parallel->n_sent : 0;
}

static inline int
parallel_is_on(const struct node* node)
{
  return node->parallel && node->parallel->is_on;
}

/// Whether there is anything to do under the claim. Asks for a note when room is
/// what is missing. [who has claimed the node, or all rest]
int
parallel_ready(struct node* node);

/// Sends what is done, repeats or drains, and takes an input. The lane that the
/// caller must call, or null; *n_ended*: 1 when the node ended.
/// [who has claimed the node]
struct lane*
parallel_turn(struct thread* thread, struct node* node, uint32_t* n_ended);

/// The call. The claim may be with anybody; the node must be noted afterwards.
void
parallel_call(struct thread* thread, struct node* node, struct lane* lane);

#endif
