// SPDX-License-Identifier: ISC
#include "app/clips.h"

#include "app/app.h"
#include "app/clip_ends.h"
#include "app/outcome.h"
#include "base/log.h"
#include "base/mem.h"
#include "engine/again.h"

#include <string.h>

struct clips {
  struct registry* registry;
  struct clip_ends ends;
};

struct clip_graph {
  struct clips* clips;
  struct clip_options options;
  struct app app;
  int has_run;
};

enum status
clips_new(const char* extra_path, struct clips** out)
{
  struct clips* const clips = mem_new(struct clips);
  enum status st = STATUS_NO_MEMORY;
  if (!clips) {
    return st;
  }
  if ((st = registry_new(extra_path, &clips->registry)) ||
      (st = clip_ends_add(&clips->ends, clips->registry))) {
    clips_free(clips);
    return st;
  }
  *out = clips;
  return STATUS_OK;
}

void
clips_free(struct clips* clips)
{
  if (clips) {
    registry_free(clips->registry);
    mem_free(clips);
  }
}

const char*
clips_find_plugin(const struct clips* clips, const char* name)
{
  const struct node_type* const type = registry_find(clips->registry, name);
  return type ? type->path : NULL;
}

static enum status
make_plan(struct clip_graph* graph, const char* text)
{
  struct app* const app = &graph->app;
  struct clips* const clips = graph->clips;
  const struct plan_options wanted = {
    .block = graph->options.block,
    .threads = graph->options.threads ? graph->options.threads : 1
  };
  clips->ends.format = graph->options.format;
  enum status st = spec_parse("clips", text, strlen(text), NULL, 0, app->diags,
                              &app->spec);
  if (!st) {
    // The text is the program's own, so it may do what the program may.
    app->spec->allows = SPEC_ALLOW_EXEC | SPEC_ALLOW_PATH;
    st = graph_bind(app->spec, clips->registry, app->diags, &app->graph);
  }
  return st ? st
            : plan_make(app->graph, clips->registry, &wanted, app->diags,
                        &app->plan);
}

enum status
clips_plan(struct clips* clips, const char* text,
           const struct clip_options* options, struct clip_graph** out)
{
  struct clip_graph* const graph = mem_new(struct clip_graph);
  enum status st = STATUS_NO_MEMORY;
  if (!graph) {
    return st;
  }
  graph->clips = clips;
  graph->options = *options;
  if ((graph->app.diags = diags_new()) && !(st = make_plan(graph, text))) {
    *out = graph;
    return STATUS_OK;
  }
  app_print_diags(&graph->app);
  clips_close(graph);
  return st;
}

enum status
clips_start(struct clip_graph* graph)
{
  struct app* const app = &graph->app;
  struct engine_error error = { .status = STATUS_INTERNAL };
  const enum status st =
    engine_new(app->plan, &graph->options.engine, &app->engine, &error);
  if (st) {
    outcome_log(app->plan, &error);
  }
  return st;
}

static enum status
reset(struct clip_graph* graph)
{
  struct engine_error error = { .status = STATUS_INTERNAL };
  const enum status st = engine_reset(graph->app.engine, &error);
  if (st) {
    outcome_log(graph->app.plan, &error);
  }
  return st;
}

enum status
clips_run(struct clip_graph* graph, const struct clip* clip,
          const struct clip_taker* taker)
{
  static const struct clip_taker drop;
  enum status st = STATUS_OK;
  if (!rill_same_format(&clip->format, &graph->options.format)) {
    log_error("%s: a clip of another format than the graph was planned for",
              graph->app.plan->name);
    return STATUS_BAD_INPUT;
  }
  if (graph->has_run && (st = reset(graph))) {
    return st;
  }
  graph->has_run = 1;
  graph->clips->ends.clip = clip;
  graph->clips->ends.taker = taker ? *taker : drop;
  st = engine_run(graph->app.engine);
  if (st) {
    outcome_log(graph->app.plan, engine_get_error(graph->app.engine));
  }
  return st;
}

const struct engine*
clips_get_engine(const struct clip_graph* graph)
{
  return graph->app.engine;
}

const struct plan*
clips_get_plan(const struct clip_graph* graph)
{
  return graph->app.plan;
}

void
clips_close(struct clip_graph* graph)
{
  if (graph) {
    app_close(&graph->app);
    mem_free(graph);
  }
}
