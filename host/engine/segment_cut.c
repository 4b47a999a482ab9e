// SPDX-License-Identifier: ISC
// How nodes become steps, are put into segments, and are taken out.
#include "engine/parallel.h"
#include "engine/segment.h"

static int
counts_frames(const struct rill_format* format)
{
  return format->kind == RILL_KIND_AUDIO || format->kind == RILL_KIND_TENSOR;
}

// One input, at most one output, which one node reads.
static int
has_plain_shape(const struct node* node)
{
  return node->single && !node->is_blocking && node->n_out <= 1 &&
         (!node->n_out || (node->out[0].n_links == 1 &&
                           counts_frames(node->out[0].format)));
}

static uint32_t
flags_of(const struct node* node)
{
  const uint32_t scratch = node->block.scratch ? STEP_SCRATCH : 0;
  if (!node->n_out) {
    return STEP_ENDS | scratch;
  }
  return (node->out[0].passthrough ? STEP_PASSES : 0u) |
         (node->out[0].in_place == 0 && !node->out[0].shift ? STEP_IN_PLACE : 0u) | scratch;
}

void
segment_bind(struct node* node)
{
  struct step* const step = node->step;
  step->node = node;
  step->instance = node->instance;
  step->process = node->process;
  step->flags = flags_of(node);
  step->out = node->n_out ? &node->out[0] : NULL;
  step->link = node->n_out && node->out[0].n_links ? node->out[0].links[0] : NULL;
  if (node->parallel) {
    node->parallel->is_on = 0; // another type may sit here now
  }
  atomic_store(&step->detour,
               (has_plain_shape(node) ? 0u : DETOUR_SHAPE) |
                 (node->phase == NODE_FINISHED ? DETOUR_ENDED : 0u));
}

static void
set_head(struct node* first, struct node* head)
{
  for (struct step* step = first->step; step; step = step->next) {
    atomic_store(&step->node->head, head);
    head->segment.last = step->node;
  }
}

static struct node*
only_producer(const struct node* node)
{
  return node->single ? node->in[0].link->from : NULL;
}

// Whether *node* could be behind what it reads in one segment.
static int
can_follow(const struct node* node)
{
  const struct node* const from = only_producer(node);
  return from && !node->is_blocking && !from->is_blocking && from->n_out == 1 &&
         from->out[0].n_links == 1;
}

void
segment_init(struct node* node, struct step* step)
{
  node->step = step;
  step->next = NULL;
  step->cost_ns = 0;
  segment_bind(node);
  node->segment = (struct segment){ .live = node, .cursor = node };
  set_head(node, node);
}

void
segments_make(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    segment_init(&engine->nodes[i], &engine->steps[i]);
  }
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    segment_join(&engine->nodes[i]);
  }
}

// Whether *node* is at or behind *first*.
static int
is_behind(const struct node* first, const struct node* node)
{
  const struct step* step = first->step;
  while (step && step != node->step) {
    step = step->next;
  }
  return step != NULL;
}

void
segment_cut(struct node* node)
{
  struct node* const head = segment_head(node);
  struct node* const from = only_producer(node);
  struct segment* const old = &head->segment;
  struct segment* const new = &node->segment;
  *new = (struct segment){ .live = node, .cursor = node };
  if (!old->live || is_behind(node, old->live)) {
    new->live = new->cursor = old->live;
    old->live = NULL;
  }
  if (old->cursor && is_behind(node, old->cursor)) {
    new->cursor = old->cursor;
    old->cursor = from;
  }
  from->step->next = NULL;
  old->last = from;
  set_head(node, node);
  // Who has seen the old head only, and not the new one, has left its note
  // there before this; the note is for both.
  atomic_fetch_or(&head->state, NODE_NOTED);
}

int
segment_join(struct node* node)
{
  struct node* const from = can_follow(node) ? only_producer(node) : NULL;
  if (!from || segment_head(node) != node) {
    return 0;
  }
  struct node* const head = segment_head(from);
  struct segment* const front = &head->segment;
  const struct segment rear = node->segment;
  from->step->next = node->step;
  atomic_exchange(&node->state, NODE_CLAIMED); // with its head
  set_head(node, head);
  if (rear.live && rear.live->phase != NODE_FINISHED) {
    front->cursor = rear.cursor;
    front->live = front->live ? front->live : rear.live;
  }
  return 1;
}
