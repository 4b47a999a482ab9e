// SPDX-License-Identifier: ISC
#include "report/trace.h"

#include "base/json.h"
#include "base/mem.h"

// One event a line. *is_first* goes without the comma.
static enum status
print_event(struct json* json, int is_first, FILE* to)
{
  char* const line = json_finish(json);
  if (!line) {
    return STATUS_NO_MEMORY;
  }
  const int n = fprintf(to, "%s\n%s", is_first ? "" : ",", line);
  mem_free(line);
  return n < 0 ? STATUS_BAD_OUTPUT : STATUS_OK;
}

static enum status
name_thread(const struct plan* plan, uint32_t thread, FILE* to)
{
  struct json json = { .layout = JSON_LINE };
  char name[32];
  const int is_worker = thread < plan->threads;
  snprintf(name, sizeof name, "%s %u", is_worker ? "worker" : "blocking",
           is_worker ? thread : thread - plan->threads);
  json_begin(&json, NULL);
  json_put_text(&json, "name", "thread_name");
  json_put_text(&json, "ph", "M");
  json_put_int(&json, "pid", 1);
  json_put_uint(&json, "tid", thread);
  json_open_object(&json, "args");
  json_put_text(&json, "name", name);
  return print_event(&json, thread == 0, to);
}

static enum status
print_call(const struct plan* plan, const struct engine_event* event,
           int64_t start_ns, FILE* to)
{
  struct json json = { .layout = JSON_LINE };
  const struct plan_node* const node = &plan->nodes[event->node];
  json_begin(&json, NULL);
  json_put_text(&json, "name", node->id);
  json_put_text(&json, "cat", node->type->desc->name);
  json_put_text(&json, "ph", "X");
  json_put_int(&json, "pid", 1);
  json_put_uint(&json, "tid", event->thread);
  json_put_real(&json, "ts", (double)(event->begin_ns - start_ns) / 1e3);
  json_put_real(&json, "dur",
                (double)(event->end_ns - event->begin_ns) / 1e3);
  json_open_object(&json, "args");
  json_put_uint(&json, "block", event->block);
  return print_event(&json, 0, to);
}

static uint32_t
count_threads(const struct engine_event* events, uint32_t n_events)
{
  uint32_t n = 1;
  for (uint32_t i = 0; i < n_events; ++i) {
    n = events[i].thread >= n ? events[i].thread + 1 : n;
  }
  return n;
}

enum status
trace_write(const struct plan* plan, const struct engine_event* events,
            uint32_t n_events, FILE* to)
{
  enum status st = STATUS_OK;
  const uint32_t n_threads = count_threads(events, n_events);
  fputs("{\"displayTimeUnit\": \"ns\", \"traceEvents\": [", to);
  for (uint32_t i = 0; i < n_threads && !st; ++i) {
    st = name_thread(plan, i, to);
  }
  for (uint32_t i = 0; i < n_events && !st; ++i) {
    st = print_call(plan, &events[i], events[0].begin_ns, to);
  }
  fputs("\n]}\n", to);
  return st ? st : ferror(to) ? STATUS_BAD_OUTPUT : STATUS_OK;
}
