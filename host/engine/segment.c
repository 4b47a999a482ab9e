// SPDX-License-Identifier: ISC
#include "engine/segment.h"

#include "engine/inputs.h"
#include "engine/parallel.h"
#include "engine/row.h"
#include "engine/run.h"
#include "engine/seam_word.h"

static struct node*
after(const struct node* node)
{
  return node->step->next ? node->step->next->node : NULL;
}

static struct node*
before(const struct node* node)
{
  return node->in[0].link->from;
}

// Something has come for the node, which may lack room to go on.
static int
has_work(struct node* node)
{
  return node->phase != NODE_FINISHED &&
         (node->again || node->phase == NODE_DRAINING || inputs_ready(node));
}

// Nothing behind the cursor can run, so it is searched upwards: buffers on
// their way come first. A node that waits for room keeps those above it from
// piling up more.
static struct node*
find_ready(struct node* head)
{
  struct node* const live = head->segment.live;
  struct node* node = head->segment.cursor;
  while (live && !node_ready(node)) {
    if (node == live || has_work(node)) {
      return NULL;
    }
    node = before(node);
  }
  return live ? node : NULL;
}

int
segment_ready(struct node* head)
{
  return parallel_is_on(head) ? parallel_ready(head) : find_ready(head) != NULL;
}

static void
learn_cost(struct node* head)
{
  int64_t sum = 0;
  for (const struct step* step = head->step; step; step = step->next) {
    sum += step->cost_ns;
  }
  atomic_store_explicit(&head->cost_ns, sum, memory_order_relaxed);
}

// The cursor follows what is alive.
static void
skip_ended(struct segment* segment)
{
  while (segment->live && segment->live->phase == NODE_FINISHED) {
    struct node* const next = after(segment->live);
    segment->cursor = segment->cursor == segment->live ? next : segment->cursor;
    segment->live = next;
  }
}

// Ended, or an editor wants it: it is not called as a part of this pass.
static int
is_closed(const struct node* node)
{
  return node->phase == NODE_FINISHED || seam_is_wanted(node);
}

// Goes down from *start*. The last node that must be called again before any
// above it, or null. *n_ended* counts.
static struct node*
go_down(struct thread* thread, struct node* start, uint32_t* n_ended)
{
  struct node* pending = NULL;
  for (struct node* node = start; node; node = after(node)) {
    if (node != start && (is_closed(node) || !node_ready(node))) {
      return has_work(node) ? node : pending;
    }
    if (row_can_begin(node)) {
      node = row_run(thread, node);
    } else {
      node_step(thread, node);
    }
    if (node->phase == NODE_FINISHED) {
      seam_end(node);
      ++*n_ended;
    }
    pending = node->again || node->phase == NODE_DRAINING ? node : pending;
    if (atomic_load_explicit(&thread->engine->halt, memory_order_relaxed)) {
      return pending;
    }
  }
  return pending;
}

uint32_t
segment_pass(struct thread* thread, struct node* head)
{
  struct segment* const segment = &head->segment;
  struct node* const start = find_ready(head);
  const uint64_t n = segment->n_passes++;
  const int learns = n % SEGMENT_LEARNS_EVERY == 0 || n < SEGMENT_LEARNS_FIRST;
  uint32_t n_ended = 0;
  thread->timed = learns || thread->engine->options.profile;
  segment->last->noted_out = 0;
  struct node* const pending = go_down(thread, start, &n_ended);
  segment->cursor = pending ? pending : start;
  if (n_ended) {
    skip_ended(segment);
  }
  if (learns) {
    learn_cost(head);
  }
  return n_ended;
}
