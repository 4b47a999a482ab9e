// SPDX-License-Identifier: ISC
#include "config.h"

#include "plan/plan.h"

#include "base/mem.h"
#include "plan/draft.h"
#include "plan/frames.h"
#include "plan/insert.h"
#include "plan/negotiate.h"
#include "plan/plan_node.h"
#include "spec/codes.h"

#include <sched.h>

static uint32_t
count_processors(void)
{
  cpu_set_t set;
  const int n = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
  return n < 1 ? 1 : (uint32_t)n;
}

static enum status
start(struct plan* plan, const struct graph* graph,
      const struct plan_options* options)
{
  const struct spec_run* const run = &graph->spec->run;
  plan->name = mem_strdup(graph->spec->name);
  plan->block = options->block ? options->block
                : run->block   ? run->block
                               : PLAN_DEFAULT_BLOCK;
  plan->threads = options->threads ? options->threads
                  : run->threads   ? run->threads
                                   : count_processors();
  return plan->name ? STATUS_OK : STATUS_NO_MEMORY;
}

// A plugin that cannot be loaded is named once, at its first node.
static void
load_types(struct draft* draft)
{
  const struct plan* const plan = draft->plan;
  char error[1024];

  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    const struct plan_node* const node = &plan->nodes[i];
    error[0] = '\0';
    const enum status st = registry_load(draft->converters.registry,
                                         node->type, error, sizeof error);
    if (st) {
      const struct finding f = { .code = code_plugin_failed,
                                 .place = node->place,
                                 .status = st };
      verdict_refuse(&draft->verdict, &f, "node '%s': the plugin of '%s' did "
                     "not load: %s: %s", node->id, node->type->desc->name,
                     node->type->path, error);
    }
  }
}

static void
finish(struct draft* draft)
{
  struct plan* const plan = draft->plan;
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    if (!plan->nodes[i].n_in) {
      plan->nodes[i].media_frames = draft->states[i].n_frames;
    }
  }
}

static enum status
make(struct draft* draft, const struct graph* graph)
{
  enum status st = start(draft->plan, graph, draft->options);
  st = st ? st : draft_init(draft, graph);
  if (st) {
    return st;
  }
  load_types(draft);
  if (draft->verdict.status) {
    return draft->verdict.status;
  }
  if ((st = negotiate(draft))) {
    return st;
  }
  negotiate_report(draft);
  if (draft->verdict.status) {
    return draft->verdict.status;
  }
  finish(draft);
  if ((st = insert_converters(draft))) {
    return st;
  }
  plan_size(draft->plan);
  return STATUS_OK;
}

enum status
plan_make(const struct graph* graph, struct registry* registry,
          const struct plan_options* options, struct diags* diags,
          struct plan** out)
{
  struct draft draft = { .plan = mem_new(struct plan),
                         .options = options,
                         .verdict = { .diags = diags } };
  if (!draft.plan) {
    return STATUS_NO_MEMORY;
  }
  converters_find(&draft.converters, registry);
  const enum status st = make(&draft, graph);
  draft_fini(&draft);
  if (st) {
    plan_free(draft.plan);
    return st;
  }
  *out = draft.plan;
  return STATUS_OK;
}

void
plan_free(struct plan* plan)
{
  if (!plan) {
    return;
  }
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    plan_node_fini(&plan->nodes[i]);
  }
  mem_free(plan->nodes);
  mem_free(plan->links);
  mem_free(plan->name);
  mem_free(plan);
}
