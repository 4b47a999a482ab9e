// SPDX-License-Identifier: ISC
// Parameter changes while a rig runs, and reset.
#include "fake_private.h"
#include "rig_private.h"

static struct rill_event
make_event(struct rig* rig, const char* symbol, const char* text)
{
  const uint32_t param = rig_find_param(rig, symbol);
  if (!(rig->desc->params[param]->flags & RILL_PARAM_LIVE)) {
    rig_breach(rig, "parameter '%s' is not LIVE", symbol);
  }
  return (struct rill_event){.type = RILL_EVENT_PARAM,
                             .param = param,
                             .value = rig_read_value(rig, param, text)};
}

void
rig_event(struct rig* rig, uint64_t frame, const char* symbol, const char* text)
{
  struct rig_event_entry* const events =
    realloc(rig->events, (rig->n_events + 1) * sizeof *events);
  uint32_t at = rig->n_events;
  if (!events) {
    rig_breach(rig, "out of memory");
  }
  rig->events = events;
  while (at && events[at - 1].frame > frame) {
    events[at] = events[at - 1];
    --at;
  }
  events[at].frame = frame;
  events[at].event = make_event(rig, symbol, text);
  ++rig->n_events;
}

void
rig_event_now(struct rig* rig, const char* symbol, const char* text)
{
  struct rig_event_entry* const later = rig->events;
  const uint32_t n_later = rig->n_events;
  struct rig_event_entry now = {0, make_event(rig, symbol, text)};

  if (!rig->is_active) {
    rig_breach(rig, "rig_event_now before the start");
  }
  rig->events = &now;
  rig->n_events = 1;
  rig_call(rig, RILL_PROCESS_EVENTS_ONLY, 0);
  rig->events = later;
  rig->n_events = n_later;
}

struct rill_event*
rig_take_events(struct rig* rig,
                uint32_t flags,
                uint32_t n_frames,
                uint32_t* n_events)
{
  struct rill_event* const events =
    fake_zeroed((rig->n_events + 1) * sizeof *events);
  const uint64_t end = rig->position + n_frames;
  uint32_t n = 0;
  while (n < rig->n_events && (flags & RILL_PROCESS_EVENTS_ONLY ||
                               rig->events[n].frame < end)) {
    const uint64_t frame = rig->events[n].frame;
    events[n] = rig->events[n].event;
    events[n].offset =
      frame > rig->position ? (uint32_t)(frame - rig->position) : 0;
    ++n;
  }
  if (n) {
    memmove(rig->events, rig->events + n,
            (rig->n_events - n) * sizeof *rig->events);
  }
  rig->n_events -= n;
  *n_events = n;
  return events;
}

void
rig_drop_events(struct rig* rig)
{
  rig->n_events = 0;
}

void
rig_reset(struct rig* rig)
{
  if (!rig->is_active) {
    rig_breach(rig, "rig_reset before the start");
  }
  rig_drop_queues(rig);
  rig_drop_events(rig);
  rig_clear(rig);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    rig->in[i].ended = 0;
    rig->in[i].seq = 0;
    rig->in[i].next_pos = 0;
  }
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    rig->out[i].seq = 0;
    rig->out[i].made = 0;
    rig->out[i].end_pos = 0;
    rig->out[i].end_ns = 0;
  }
  rig->is_drained = 0;
  rig->position = 0;
  rig->drained_frames = 0;
  rig->last_in = (struct rill_buffer){0};
  rig_where(rig, "reset");
  if (rig->node->ops->reset && rig->node->ops->reset(rig->node) < RILL_OK) {
    rig_breach(rig, "failed: %s", rig_error(rig));
  }
}
