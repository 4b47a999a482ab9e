// SPDX-License-Identifier: ISC
// What happened, for whoever watches.
#include "base/sys.h"
#include "engine/edit_work.h"
#include "engine/futex.h"
#include "engine/seam.h"

#include <stdio.h>

enum { LOOK_NS = 20000000 };

void
editor_tell(struct editor* editor, enum edit_event_kind kind, const struct op* op,
            const struct node* node, const char* text)
{
  pthread_mutex_lock(&editor->events_lock);
  struct edit_event* const event = &editor->events[editor->n_events % EDIT_EVENTS];
  const char* const id = node               ? record_of(editor, node)->plan->id
                         : op && op->edit->node ? op->edit->node
                                            : "";
  *event = (struct edit_event){ .number = editor->n_events++,
                                .time_ns = sys.now_ns(),
                                .kind = kind };
  if (op) {
    event->edit = op->edit->kind;
    event->in_frame = op->reply->in_frame;
  } else if (node) {
    event->in_frame = (int64_t)stat_get(&node->stats.frames_in);
  }
  event->generation = node ? record_of(editor, node)->generation : 0;
  snprintf(event->node, sizeof event->node, "%s", id);
  snprintf(event->text, sizeof event->text, "%s", text);
  pthread_mutex_unlock(&editor->events_lock);
  seam_tell_editors(editor->engine);
}

static int
find(struct editor* editor, uint64_t number, struct edit_event* out)
{
  pthread_mutex_lock(&editor->events_lock);
  const uint64_t n = editor->n_events;
  const uint64_t oldest = n > EDIT_EVENTS ? n - EDIT_EVENTS : 0;
  const uint64_t wanted = number < oldest ? oldest : number;
  const int found = wanted < n;
  if (found) {
    *out = editor->events[wanted % EDIT_EVENTS];
  }
  pthread_mutex_unlock(&editor->events_lock);
  return found;
}

// The end of the run is the last event there is; nobody has to write it.
static int
find_end(struct editor* editor, uint64_t number, struct edit_event* out)
{
  if (!seam_run_is_over(editor->engine)) {
    return 0;
  }
  pthread_mutex_lock(&editor->events_lock);
  const uint64_t n = editor->n_events;
  pthread_mutex_unlock(&editor->events_lock);
  if (number == n) {
    *out = (struct edit_event){ .number = n,
                                .time_ns = sys.now_ns(),
                                .kind = EDIT_EVENT_ENDED };
  }
  return number == n ? 1 : -(number > n);
}

enum status
edit_next_event(struct editor* editor, uint64_t number, int64_t timeout_ns,
                struct edit_event* out)
{
  const int64_t deadline = sys.now_ns() + timeout_ns;
  for (;;) {
    const int news = atomic_load(&editor->engine->seam_news);
    if (find(editor, number, out)) {
      return STATUS_OK;
    }
    const int end = find_end(editor, number, out);
    if (end) {
      return end > 0 ? STATUS_OK : STATUS_REFUSED;
    }
    if (sys.now_ns() > deadline) {
      return STATUS_LIMIT;
    }
    futex_wait(&editor->engine->seam_news, news, LOOK_NS);
  }
}
