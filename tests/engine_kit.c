// SPDX-License-Identifier: ISC
#include "tests/engine_kit.h"

#include "tests/fake_nodes.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

enum { MAX_NODES = 2048, MAX_LINKS = 4096 };

static const struct rill_node_desc*
find_type(const char* name)
{
  for (uint32_t i = 0; i < n_fake_nodes; ++i) {
    if (!strcmp(fake_nodes[i]->name, name)) {
      return fake_nodes[i];
    }
  }
  ck_abort_msg("no fake node type '%s'", name);
  return NULL;
}

static uint32_t
find_node(const struct plan* plan, const char* id)
{
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    if (!strcmp(plan->nodes[i].id, id)) {
      return i;
    }
  }
  ck_abort_msg("no node '%s' before its reader", id);
  return 0;
}

static void
set_param(struct plan_node* node, const char* word)
{
  const struct rill_node_desc* const desc = node->type->desc;
  const char* const equals = strchr(word, '=');
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    if (!strncmp(desc->params[i]->symbol, word, (size_t)(equals - word))) {
      node->params[i].i = atoll(equals + 1);
    }
  }
}

static void
add_slot(struct plan_slot** slots, uint32_t* n, uint32_t port, uint32_t rate,
         uint32_t max_frames, int32_t link)
{
  *slots = realloc(*slots, (*n + 1) * sizeof **slots);
  (*slots)[(*n)++] = (struct plan_slot){
    .slot = { .size = sizeof(struct rill_slot),
              .port = port,
              .connected = 1,
              .max_frames = max_frames,
              .format = { .kind = RILL_KIND_AUDIO,
                          .encoding = RILL_ENC_F32,
                          .rate = rate,
                          .rate_den = 1,
                          .channels = 1 } },
    .link = link,
  };
}

static void
read_from(struct plan* plan, uint32_t to, const char* id,
          const struct kit_options* options)
{
  const uint32_t from = find_node(plan, id);
  struct plan_node* const node = &plan->nodes[to];
  const struct rill_format* const format = &plan->nodes[from].out[0].slot.format;
  plan->links[plan->n_links] = (struct plan_link){
    .from = from, .to = to, .to_slot = node->n_in,
    .capacity = options->capacity ? options->capacity : PLAN_QUEUE
  };
  add_slot(&node->in, &node->n_in, 0, format->rate, plan->block,
           (int32_t)plan->n_links++);
}

static void
add_node(struct plan* plan, char* text, const struct kit_options* options)
{
  struct plan_node* const node = &plan->nodes[plan->n_nodes];
  char* save;
  char* const id = strtok_r(text, ": ", &save);
  node->id = strdup(id);
  node->type = calloc(1, sizeof *node->type);
  const struct rill_node_desc* const desc = find_type(strtok_r(NULL, " ", &save));
  *node->type = (struct node_type){ .desc = desc, .path = "test", .hash = "",
                                    .live = desc };
  node->params = calloc(desc->n_params + 1, sizeof *node->params);
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    node->params[i].i = atoll(desc->params[i]->def);
  }
  ++plan->n_nodes;
  for (char* word; (word = strtok_r(NULL, " <", &save));) {
    if (strchr(word, '=')) {
      set_param(node, word);
    } else {
      read_from(plan, plan->n_nodes - 1, word, options);
    }
  }
  const uint32_t rate = node->n_in ? node->in[0].slot.format.rate : 48000;
  const int has_out = desc->ports[desc->n_ports - 1]->direction == RILL_OUT;
  if (has_out) {
    add_slot(&node->out, &node->n_out, desc->n_ports - 1,
             strcmp(desc->name, "halve") ? rate : rate / 2, plan->block, -1);
  }
}

struct plan*
kit_plan(const char* text, const struct kit_options* options)
{
  struct plan* const plan = calloc(1, sizeof *plan);
  plan->nodes = calloc(MAX_NODES, sizeof *plan->nodes);
  plan->links = calloc(MAX_LINKS, sizeof *plan->links);
  plan->block = options->block ? options->block : 64;
  plan->threads = options->threads ? options->threads : 1;
  char* const copy = strdup(text);
  char* save;
  for (char* part = strtok_r(copy, ";", &save); part;
       part = strtok_r(NULL, ";", &save)) {
    add_node(plan, part + strspn(part, " "), options);
  }
  free(copy);
  return plan;
}

void
kit_plan_free(struct plan* plan)
{
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    free(plan->nodes[i].id);
    free(plan->nodes[i].type);
    free(plan->nodes[i].params);
    free(plan->nodes[i].in);
    free(plan->nodes[i].out);
  }
  free(plan->nodes);
  free(plan->links);
  free(plan);
}

enum status
kit_run(const char* text, const struct kit_options* options,
        struct engine_error* error, struct engine_totals* totals)
{
  static const struct kit_options defaults;
  struct plan* const plan = kit_plan(text, options ? options : &defaults);
  struct engine* engine;
  fake_nodes_reset();
  enum status st = engine_new(plan, options ? &options->engine : &defaults.engine,
                              &engine, error);
  if (!st) {
    st = engine_run(engine);
    if (error && engine_get_error(engine)) {
      static char id[64];
      *error = *engine_get_error(engine);
      snprintf(id, sizeof id, "%s", error->node);
      error->node = id;
      error->text = error->storage;
    }
    if (totals) {
      engine_get_totals(engine, totals);
    }
    engine_free(engine);
  }
  kit_plan_free(plan);
  return st;
}
