// SPDX-License-Identifier: ISC
#include "app/outcome.h"

#include "app/console.h"
#include "app/output.h"
#include "base/log.h"
#include "base/text.h"
#include "report/profile.h"
#include "report/trace.h"
#include "spec/codes.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

static const struct plan_node*
find_node(const struct plan* plan, const char* id)
{
  for (uint32_t i = 0; id && i < plan->n_nodes; ++i) {
    if (!strcmp(plan->nodes[i].id, id)) {
      return &plan->nodes[i];
    }
  }
  return NULL;
}

// "speech.yaml:12:3: node 'rs' (resample), call 7: "
static void
add_node(const struct plan_node* node, uint64_t call, struct text* out)
{
  if (node->place.file && node->place.line) {
    text_add(out, "%s:%u:%u: ", node->place.file, node->place.line,
             node->place.column);
  }
  text_add(out, "node '%s' (%s)", node->id, node->type->desc->name);
  if (call) {
    text_add(out, ", call %" PRIu64, call);
  }
  text_add(out, ": ");
}

static const char*
text_of(const struct engine_error* error)
{
  return error->text && *error->text ? error->text : status_text(error->status);
}

void
outcome_log(const struct plan* plan, const struct engine_error* error)
{
  const struct plan_node* const node = find_node(plan, error->node);
  struct text where = { 0 };
  if (node) {
    add_node(node, error->block, &where);
  } else {
    text_add(&where, "%s: ", plan->name);
  }
  log_error("%s%s", text_get(&where), text_of(error));
  text_fini(&where);
}

void
outcome_add(const struct app* app, const struct engine_error* error)
{
  const struct plan_node* const node = find_node(app->plan, error->node);
  if (!node) {
    outcome_log(app->plan, error);
    return;
  }
  diags_add(app->diags, SEVERITY_ERROR, code_bad_node, node->place, NULL, NULL,
            "node '%s' (%s): %s", node->id, node->type->desc->name,
            text_of(error));
}

enum status
outcome_judge(const struct app* app, enum status status, enum status asked)
{
  const struct engine_error* const error = engine_get_error(app->engine);
  if (asked == STATUS_LIMIT || (!error && !status)) {
    return asked;
  }
  if (error && !(error->status == STATUS_BAD_OUTPUT && output_is_cut())) {
    outcome_log(app->plan, error);
  } else if (!error) {
    log_error("%s: %s", app->plan->name, status_text(status));
  }
  return error && error->status ? error->status : status;
}

static int
is_stdout(const struct rill_value* value)
{
  return value->type == RILL_TYPE_STRING &&
         (!strcmp(value->text, "-") || !strcmp(value->text, "/dev/stdout") ||
          !strcmp(value->text, "/dev/fd/1"));
}

const char*
outcome_find_stdout(const struct graph* graph)
{
  for (uint32_t i = 0; i < graph->n_nodes; ++i) {
    const struct graph_node* const node = &graph->nodes[i];
    const struct rill_node_desc* const d = node->type->desc;
    for (uint32_t p = 0; p < d->n_params; ++p) {
      if (d->flags & RILL_NODE_COMMITS &&
          d->params[p]->unit == RILL_UNIT_PATH && is_stdout(&node->params[p])) {
        return node->id;
      }
    }
  }
  return NULL;
}

enum status
outcome_open_trace(const struct app_options* options, FILE** out)
{
  if (options->trace && !(*out = fopen(options->trace, "we"))) {
    log_error("%s: %s", options->trace, strerror(errno));
    return STATUS_BAD_OUTPUT;
  }
  return STATUS_OK;
}

static enum status
write_trace(const char* path, const struct app* app, FILE* to)
{
  uint32_t n = 0;
  const struct engine_event* const events = engine_get_trace(app->engine, &n);
  enum status st = trace_write(app->plan, events, n, to);
  int why = errno;
  if (fclose(to) && !st) {
    why = errno;
    st = STATUS_BAD_OUTPUT;
  }
  if (st) {
    log_error("%s: %s", path,
              st == STATUS_BAD_OUTPUT ? strerror(why) : status_text(st));
  } else if (n == TRACE_EVENTS) {
    log_warning("%s: holds %u calls only, the run had more", path, n);
  }
  return st;
}

static enum status
print_table(const struct profile* profile)
{
  struct console_text text;
  console_begin(&text);
  const enum status st =
    text.file ? profile_print(profile, text.file) : STATUS_NO_MEMORY;
  console_end(&text);
  return st;
}

static enum status
print_profile(const struct app_options* options, const struct app* app)
{
  struct profile profile;
  enum status st = profile_collect(app->plan, app->engine, &profile);
  if (!st) {
    st = options->profile == APP_PROFILE_JSON
           ? profile_print_json(&profile, output())
           : print_table(&profile);
    profile_fini(&profile);
  }
  if (st == STATUS_NO_MEMORY) {
    log_error("no profile: out of memory");
  }
  return st;
}

enum status
outcome_report(const struct app_options* options, const struct app* app,
               FILE* trace)
{
  enum status st = STATUS_OK;
  if (trace) {
    st = write_trace(options->trace, app, trace);
  }
  if (options->profile != APP_PROFILE_NONE) {
    const enum status printed = print_profile(options, app);
    st = st ? st : printed;
  }
  return st;
}
