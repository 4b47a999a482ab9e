// SPDX-License-Identifier: ISC
#include "engine/row.h"

#include "base/sys.h"
#include "engine/fail.h"
#include "engine/float_mode.h"
#include "engine/outputs.h"
#include "engine/run.h"
#include "engine/timing.h"

/// What a row carries from step to step.
struct row {
  struct thread* thread;
  struct buffer* carried; // our reference
  struct buffer* bound;   // lent to the call as its output, or null
  unsigned float_mode;
  int64_t clock_ns; // when the last call ended; only when calls are timed
};

static struct buffer*
take(struct node* node)
{
  struct link* const link = node->in[0].link;
  struct buffer* const b = link_peek(link);
  link_pop(link);
  return b;
}

// Whether the step may be called: a change waits, its reader has no room?
static inline int
may_enter(const struct step* step)
{
  return !atomic_load_explicit(&step->detour, memory_order_acquire) &&
         (step->next || step->flags & STEP_ENDS || link_has_room(step->link));
}

enum status
row_lend(const struct step* step, struct buffer* in, struct buffer** out)
{
  *out = NULL;
  if (step->flags & (STEP_PASSES | STEP_ENDS)) {
    return STATUS_OK;
  }
  if (step->flags & STEP_IN_PLACE && buffer_is_sole(in)) {
    *out = in;
    return STATUS_OK;
  }
  if (!(*out = pool_take(&step->out->pool))) {
    return STATUS_NO_MEMORY;
  }
  outputs_preset(step->out, &in->shown, in->shown.n_frames, *out);
  return STATUS_OK;
}

static int32_t
call(struct row* row, struct step* step)
{
  struct thread* const thread = row->thread;
  struct frame* const frame = &thread->frame;
  struct node_stats* const stats = &step->node->stats;
  frame->block.n_frames = row->carried->shown.n_frames;
  frame->block.n_out = !(step->flags & STEP_ENDS);
  frame->block.block = stat_get(&stats->n_calls);
  frame->block.scratch = NULL;
  frame->block.scratch_bytes = 0;
  if (step->flags & STEP_SCRATCH) {
    frame->block.scratch = step->node->block.scratch;
    frame->block.scratch_bytes = step->node->block.scratch_bytes;
  }
  frame->in_pointer = &frame->in;
  frame->in.flags = 0;
  frame->in.buffer = &row->carried->shown;
  frame->out.buffer = row->bound ? &row->bound->shown : NULL;
  stat_add(&stats->frames_in, row->carried->shown.n_frames);
  atomic_store_explicit(&thread->current, step->node, memory_order_relaxed);
  const int32_t rc = step->process(step->instance, &frame->block);
  atomic_store_explicit(&thread->current, NULL, memory_order_relaxed);
  stat_add(&thread->n_calls, 1);
  restore_float_mode(row->float_mode);
  if (thread->timed) {
    const int64_t now = sys.now_ns();
    timing_record(thread, step->node, row->clock_ns, now);
    row->clock_ns = now;
  }
  stat_add(&stats->n_calls, 1);
  return rc;
}

// One whole buffer where it was expected, and nothing that must be reported.
static inline int
is_ordinary(const struct row* row, const struct step* step, int32_t rc)
{
  const struct buffer* const bound = row->bound;
  const struct rill_buffer* const out = row->thread->frame.out.buffer;
  if (rc != RILL_OK || step->flags & STEP_ENDS) {
    return rc == RILL_OK;
  }
  if (!out || !out->n_frames || out->n_frames > out->capacity_frames) {
    return 0;
  }
  if (!bound) {
    return out == &row->carried->shown;
  }
  return out == &bound->shown && out->planes == bound->planes &&
         out->format == &bound->format && out->size == sizeof *out &&
         (!step->node->engine->options.checks || !bound->memory ||
          buffer_canary_intact(bound));
}

// The node's own slots are brought to where node_step would have left them.
static void
conclude(const struct row* row, struct step* step, int32_t rc)
{
  const struct frame* const frame = &row->thread->frame;
  struct node* const node = step->node;
  node->noted_out = 0;
  node->in[0].taken = row->carried;
  node->ios[0].buffer = &row->carried->shown;
  node->ios[0].flags = 0;
  node->block.n_frames = frame->block.n_frames;
  if (node->n_out) {
    node->out[0].bound = row->bound;
    node->ios[1].buffer = frame->out.buffer;
  }
  node_conclude(node, rc);
}

// What the call gave is what is carried from here on.
static inline void
go_on(struct row* row, struct step* step)
{
  if (row->bound) {
    outputs_number(step->out, row->bound);
    if (row->bound != row->carried) {
      buffer_unref(row->carried);
      row->carried = row->bound;
    }
  }
  const struct rill_buffer* const shown = &row->carried->shown;
  struct out_slot* const out = step->out;
  struct node_stats* const stats = &step->node->stats;
  ++out->n_sent;
  out->n_produced += shown->n_frames;
  out->next_pos = shown->media_pos + shown->n_frames;
  out->stream_id = shown->stream_id;
  atomic_store_explicit(&stats->frames_out, (uint64_t)out->n_produced,
                        memory_order_relaxed);
  stat_add(&stats->buffers_out, 1);
}

// Whether the step was ordinary and *row* carries what it gave.
static int
run_step(struct row* row, struct step* step)
{
  if (row_lend(step, row->carried, &row->bound)) {
    step->node->in[0].taken = row->carried;
    engine_fail(step->node->engine, step->node, STATUS_NO_MEMORY,
                "out of memory for an output");
    return 0;
  }
  const int32_t rc = call(row, step);
  if (!is_ordinary(row, step, rc)) {
    conclude(row, step, rc);
    return 0;
  }
  if (step->flags & STEP_ENDS) {
    buffer_unref(row->carried);
    return 0;
  }
  go_on(row, step);
  return 1;
}

struct node*
row_run(struct thread* thread, struct node* node)
{
  const atomic_int* const halt = &thread->engine->halt;
  struct row row = { .thread = thread, .float_mode = float_mode() };
  struct step* step = node->step;
  row.carried = take(node);
  row.clock_ns = thread->timed ? sys.now_ns() : 0;
  while (run_step(&row, step)) {
    struct step* const next = step->next;
    if (!next || !may_enter(next) ||
        atomic_load_explicit(halt, memory_order_relaxed)) {
      link_push(step->link, row.carried);
      step->node->noted_out = 1;
      break;
    }
    step = next;
  }
  return step->node;
}
