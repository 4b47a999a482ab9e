// SPDX-License-Identifier: ISC
// Segments: chains of nodes of which each reads nothing but the one before it,
// and alone. One worker claims such a chain as a whole and runs it in one go:
// between its nodes there are no notes and no claims, and mostly no queues.
//
// The first node of a segment, its head, stands for it: deques, notes and
// claims know only heads. Every node is in exactly one segment; a node that
// fits nowhere is one by itself. All links that leave a segment come from its
// last node, all that enter it go to its head, and links inside hold at most
// what has not been fetched because the node behind them waits for something.
//
// The result never depends on how the nodes are cut into segments. A long dear
// segment is cut when there are workers to share it (segment_share).
#ifndef ENGINE_SEGMENT_H
#define ENGINE_SEGMENT_H

#include "engine/state.h"

/// Takes the node's instance and what is known of its slots over into its step,
/// and takes away all detours but those of its shape. [who has claimed it]
void
segment_bind(struct node* node);

/// Makes *node* a segment by itself, which uses *step* from now on (as long as
/// the node lives). For nodes that are not in the plan. [who has the node]
void
segment_init(struct node* node, struct step* step);

/// Puts all nodes into the longest possible segments. [control, before the run]
void
segments_make(struct engine* engine);

/// Changes only while its segment is claimed.
static inline struct node*
segment_head(const struct node* node)
{
  return atomic_load(&node->head);
}

/// So many first passes are timed, and every so often one after them.
enum { SEGMENT_LEARNS_FIRST = 8, SEGMENT_LEARNS_EVERY = 32 };

/// All its nodes have ended.
static inline int
segment_is_over(const struct node* head)
{
  return !head->segment.live;
}

/// Whether any of its nodes could make a call now. Asks for a note when room
/// behind the segment is what is missing. [who has claimed it, or all rest]
int
segment_ready(struct node* head);

/// One pass: what can be called first, and everything behind it that then has
/// input. How many nodes ended. [who has claimed it; it is ready]
uint32_t
segment_pass(struct thread* thread, struct node* head);

/// Makes *node*, not a head, the head of a segment of its own with all behind
/// it. The caller has then claimed both. [who has claimed the segment]
void
segment_cut(struct node* node);

/// The opposite: puts the segment of the head *node* back behind the one that
/// it reads, when it reads only one and that has no other reader. Whether it
/// did; the claim of the longer segment then covers both.
/// [who has claimed both]
int
segment_join(struct node* node);

#endif
