// SPDX-License-Identifier: ISC
#include "engine/parallel.h"

#include "base/sys.h"
#include "engine/fail.h"
#include "engine/float_mode.h"
#include "engine/outputs.h"
#include "engine/row.h"
#include "engine/run.h"
#include "engine/seam_word.h"
#include "engine/services.h"
#include "engine/timing.h"

int
parallel_is_possible(const struct node* node)
{
  return node->parallel && !atomic_load(&node->step->detour) &&
         node->plan->type->desc->flags & RILL_NODE_PARALLEL &&
         node->block.scratch_bytes <= node->parallel->scratch_bytes;
}

void
parallel_start(struct node* node)
{
  node->parallel->is_on = 1;
}

static struct lane*
lane_of(const struct parallel* self, uint64_t number)
{
  return &self->lanes[number % self->n_lanes];
}

static int
oldest_is_done(const struct node* node)
{
  struct parallel* const self = node->parallel;
  return self->n_taken != self->n_sent &&
         atomic_load_explicit(&lane_of(self, self->n_sent)->is_done,
                              memory_order_acquire);
}

static int
can_take(const struct node* node)
{
  const struct parallel* const self = node->parallel;
  return row_can_begin(node) && self->n_taken - self->n_sent < self->n_lanes;
}

int
parallel_ready(struct node* node)
{
  if (node->phase == NODE_FINISHED || node->again) {
    return node_ready(node);
  }
  return (oldest_is_done(node) && outputs_have_room(node)) || can_take(node) ||
         (!parallel_n_called(node) && node_ready(node));
}

// Under the claim -----------------------------------------------------------------

// The node's own slots are brought to where node_step would have left them.
static void
send_oldest(struct node* node)
{
  struct lane* const lane = lane_of(node->parallel, node->parallel->n_sent++);
  node->in[0].taken = lane->in;
  node->ios[0].buffer = &lane->in->shown;
  node->ios[0].flags = 0;
  node->block.n_frames = lane->frame.block.n_frames;
  if (node->n_out) {
    node->out[0].bound = lane->bound;
    node->ios[1].buffer = lane->frame.out.buffer;
  }
  lane->in = lane->bound = NULL;
  lane->frame.out.buffer = NULL;
  timing_add(node, lane->begin_ns, lane->end_ns);
  atomic_store_explicit(&node->cost_ns, node->step->cost_ns, memory_order_relaxed);
  stat_add(&node->stats.n_calls, 1);
  if (lane->error_text[0]) {
    services_say(node->services, lane->error_text);
  }
  node_conclude(node, lane->rc);
}

static void
send_done(struct node* node)
{
  const atomic_int* const halt = &node->engine->halt;
  while (!atomic_load_explicit(halt, memory_order_relaxed) && !node->again &&
         node->phase == NODE_RUNNING && oldest_is_done(node) &&
         outputs_have_room(node)) {
    send_oldest(node);
  }
}

static struct lane*
take(struct node* node)
{
  struct parallel* const self = node->parallel;
  struct lane* const lane = lane_of(self, self->n_taken);
  struct frame* const frame = &lane->frame;
  struct buffer* const in = link_peek(node->in[0].link);
  link_pop(node->in[0].link);
  lane->in = in;
  lane->error_text[0] = '\0';
  if (row_lend(node->step, in, &lane->bound)) {
    node->in[0].taken = in;
    lane->in = NULL;
    engine_fail(node->engine, node, STATUS_NO_MEMORY, "out of memory for an output");
    return NULL;
  }
  frame_init(frame);
  frame->block.n_frames = in->shown.n_frames;
  frame->block.n_out = node->n_out;
  frame->block.block = stat_get(&node->stats.n_calls) + parallel_n_called(node);
  frame->block.scratch = lane->scratch;
  frame->block.scratch_bytes = node->block.scratch_bytes;
  frame->in.buffer = &in->shown;
  frame->out.buffer = lane->bound ? &lane->bound->shown : NULL;
  stat_add(&node->stats.frames_in, in->shown.n_frames);
  atomic_store_explicit(&lane->is_done, 0, memory_order_relaxed);
  ++self->n_taken;
  return lane;
}

// What only one thread may do: an input once more, the end, or a node that has
// been changed since.
static int
must_step(struct node* node)
{
  return (node->again || (!parallel_n_called(node) && !can_take(node))) &&
         node_ready(node);
}

struct lane*
parallel_turn(struct thread* thread, struct node* node, uint32_t* n_ended)
{
  node->noted_out = 0;
  send_done(node);
  if (must_step(node)) {
    const int has_sent = node->noted_out;
    thread->timed = 1;
    node_step(thread, node);
    node->noted_out |= has_sent;
  }
  *n_ended = node->phase == NODE_FINISHED;
  if (*n_ended) {
    seam_end(node);
    node->segment.live = NULL;
    return NULL;
  }
  return can_take(node) && !atomic_load(&node->engine->halt) ? take(node) : NULL;
}

// Without the claim ---------------------------------------------------------------

void
parallel_call(struct thread* thread, struct node* node, struct lane* lane)
{
  const unsigned mode = float_mode();
  services_catch(lane->error_text);
  lane->begin_ns = sys.now_ns();
  atomic_store_explicit(&thread->current, node, memory_order_relaxed);
  lane->rc = node->step->process(node->step->instance, &lane->frame.block);
  atomic_store_explicit(&thread->current, NULL, memory_order_relaxed);
  stat_add(&thread->n_calls, 1);
  restore_float_mode(mode);
  lane->end_ns = sys.now_ns();
  services_catch(NULL);
  timing_keep(thread, node, lane->begin_ns, lane->end_ns, lane->frame.block.block);
  atomic_store_explicit(&lane->is_done, 1, memory_order_release);
}
