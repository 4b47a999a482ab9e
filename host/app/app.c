// SPDX-License-Identifier: ISC
#include "app/app.h"

#include "app/console.h"
#include "app/find_graph.h"
#include "app/outcome.h"
#include "app/output.h"
#include "app/signals.h"
#include "base/log.h"
#include "base/mem.h"
#include "report/figures.h"
#include "report/trace.h"

// A call of a node that computes takes milliseconds: after so long it hangs.
static const int64_t CALL_DEADLINE_NS = 10000000000;

static enum status
make_plan(const struct app_options* options, struct registry* registry,
          struct app* app)
{
  const struct plan_options wanted = { .block = options->block,
                                       .threads = options->threads,
                                       .strict = options->strict };
  enum status st =
    spec_read(app->path, options->settings, options->n_settings, app->diags,
              &app->spec);
  if (!st) {
    app->spec->allows = options->allows;
    st = graph_bind(app->spec, registry, app->diags, &app->graph);
  }
  return st ? st
            : plan_make(app->graph, registry, &wanted, app->diags, &app->plan);
}

static enum status
make_engine(const struct app_options* options, struct app* app)
{
  const struct engine_options wanted = {
    .profile = options->profile != APP_PROFILE_NONE,
    .trace_events = options->trace ? TRACE_EVENTS : 0,
    .call_deadline_ns = CALL_DEADLINE_NS,
    .checks = 1
  };
  struct engine_error error = { .status = STATUS_INTERNAL };
  const enum status st = engine_new(app->plan, &wanted, &app->engine, &error);
  if (st) {
    outcome_add(app, &error);
  }
  return st;
}

// With -v: what became of the graph.
static void
say_plan(const struct plan* plan)
{
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    const struct plan_node* const node = &plan->nodes[i];
    char format[128] = "";
    if (node->origin == PLAN_CONVERTER && node->n_out) {
      format_print(&node->out[0].slot.format, format, sizeof format);
      log_debug("%s: put in '%s' to get %s", plan->name, node->id, format);
    }
  }
  log_debug("%s: %u nodes, %u links, block %u, %u workers", plan->name,
            plan->n_nodes, plan->n_links, plan->block, plan->threads);
}

enum status
app_open(const struct app_options* options, struct registry* registry,
         struct app* app)
{
  *app = (struct app){ 0 };
  app->diags = diags_new();
  enum status st = app->diags ? STATUS_OK : STATUS_NO_MEMORY;
  if (!st) {
    st = find_graph(options->graph, &app->path);
  }
  if (!st) {
    st = make_plan(options, registry, app);
  }
  if (!st) {
    say_plan(app->plan);
    st = make_engine(options, app);
  }
  if (st == STATUS_NO_MEMORY) {
    log_error("%s: out of memory", options->graph);
  }
  return st;
}

void
app_close(struct app* app)
{
  engine_free(app->engine);
  plan_free(app->plan);
  graph_free(app->graph);
  spec_free(app->spec);
  diags_free(app->diags);
  mem_free(app->path);
  *app = (struct app){ 0 };
}

void
app_print_diags(const struct app* app)
{
  struct console_text text;
  console_begin(&text);
  if (app->diags && text.file) {
    diags_print(app->diags, text.file, console_has_color());
  }
  console_end(&text);
}

enum status
app_print_plan(const struct app* app)
{
  struct text text = { 0 };
  plan_print(app->plan, &text);
  const enum status st = text.failed ? STATUS_NO_MEMORY : STATUS_OK;
  fputs(text_get(&text), output());
  text_fini(&text);
  return st;
}

static void
say_end(const struct app* app)
{
  struct engine_totals totals;
  engine_get_totals(app->engine, &totals);
  log_debug("%s: ended after %s on %u threads", app->plan->name,
            figure_time(totals.wall_ns).text, totals.n_threads);
}

// Runs what is ready; a signal or the time limit may end it early.
static enum status
run_engine(const struct app_options* options, struct app* app)
{
  struct progress* progress = NULL;
  struct signals* signals = NULL;
  enum status st =
    progress_start(app->plan, app->engine, options->progress, &progress);
  if (!st) {
    st = signals_start(app->engine, options->timeout_s, &signals);
  }
  if (!st) {
    st = engine_run(app->engine);
    say_end(app);
  }
  const enum status asked = signals_stop(signals);
  progress_stop(progress);
  return outcome_judge(app, st, asked);
}

// Data on stdout, and then nothing else there.
static enum status
share_stdout(const struct app_options* options, const struct app* app)
{
  const char* const node = outcome_find_stdout(app->graph);
  if (node && options->profile == APP_PROFILE_JSON) {
    log_error("--profile=json and node '%s' both write to stdout; use "
              "--profile, or give the node a file",
              node);
    return STATUS_USAGE;
  }
  if (node) {
    output_give_back();
  }
  return STATUS_OK;
}

static enum status
run_and_report(const struct app_options* options, struct app* app)
{
  FILE* trace = NULL;
  enum status st = share_stdout(options, app);
  if (!st) {
    st = outcome_open_trace(options, &trace);
  }
  if (st) {
    return st;
  }
  st = run_engine(options, app);
  const enum status reported = outcome_report(options, app, trace);
  return st ? st : reported;
}

enum status
app_run(const struct app_options* options)
{
  struct registry* registry = NULL;
  struct app app = { 0 };
  enum status st = registry_new(NULL, &registry);
  if (!st) {
    st = app_open(options, registry, &app);
    app_print_diags(&app);
  }
  if (!st && options->dry_run) {
    st = app_print_plan(&app);
  } else if (!st) {
    st = run_and_report(options, &app);
  }
  app_close(&app);
  registry_leave(registry);
  return st;
}
