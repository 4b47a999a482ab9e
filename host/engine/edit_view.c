// SPDX-License-Identifier: ISC
// A copy of the effective graph.
#include "base/mem.h"
#include "engine/edit_reap.h"
#include "engine/edit_work.h"
#include "engine/seam.h"
#include "plan/values.h"

#include <string.h>

/// A snapshot with what it owns.
struct snapshot {
  struct edit_snapshot shown;
  struct editor* editor;
  struct generation** generations; // of each node: holds its desc
  uint32_t* places; // of each node of the engine: its index in the snapshot
};

static enum edit_phase
phase_of(const struct node* node)
{
  if (atomic_load(&node->seam) == SEAM_ENDED) {
    return EDIT_NODE_ENDED;
  }
  int all_over = node->n_connected != 0;
  for (uint32_t i = 0; i < node->engine->n_links; ++i) {
    const struct link* const link = &node->engine->links[i];
    all_over = all_over && (link->to != node || link_is_over(link));
  }
  return all_over ? EDIT_NODE_DRAINING : EDIT_NODE_RUNNING;
}

static enum status
copy_values(struct edit_node_view* view, const struct plan_node* plan)
{
  const uint32_t n = plan->type->desc->n_params;
  uint8_t* const given = mem_new_array(uint8_t, n);
  struct rill_value* const params = values_copy(plan->params, n);
  view->given = given;
  view->params = params;
  if (!given || !params) {
    return STATUS_NO_MEMORY;
  }
  if (plan->given) {
    memcpy(given, plan->given, n);
  }
  return STATUS_OK;
}

static enum status
view_node(struct editor* editor, struct snapshot* self, struct node* node)
{
  const struct record* const record = record_of(editor, node);
  const struct trial* const trial = edit_find_trial(editor, node);
  const struct plan_node* const plan = record->behind ? record->behind : record->plan;
  struct generation* const code = record->behind ? record->code_behind : record->code;
  const uint32_t at = self->shown.n_nodes++;
  struct edit_node_view* const view = &self->shown.nodes[at];
  self->places[node->index] = at;
  *view = (struct edit_node_view){
    .id = mem_strdup(plan->id),
    .desc = plan->type->desc,
    .path = mem_strdup(plan->type->path),
    .hash = mem_strdup(plan->type->hash),
    .generation = record->generation,
    .phase = phase_of(node),
    .is_inserted = record->is_inserted,
    .is_converter = plan->origin == PLAN_CONVERTER,
    .is_bypassed = record->behind != NULL,
    .probation_left = trial ? atomic_load(&trial->left) : 0,
    .n_rolled_back = record->n_rolled_back,
    .rolled_back_why = mem_strdup(record->rolled_back_why),
    .latency_frames = record->plan->latency_frames,
    .in_frame = (int64_t)stat_get(&node->stats.frames_in),
    .out_frame = (int64_t)stat_get(&node->stats.frames_out),
  };
  engine_get_stats(editor->engine, node->index, &view->stats);
  self->generations[at] = code;
  generation_ref(code);
  if (!view->id || !view->path || !view->hash || !view->rolled_back_why) {
    return STATUS_NO_MEMORY;
  }
  return copy_values(view, plan);
}

static const char*
port_symbol(const struct plan_node* plan, const struct plan_slot* slot)
{
  return plan->type->desc->ports[slot->slot.port]->symbol;
}

// Where what *link* carries comes from: removed nodes are not there to see.
static const struct link*
beginning(struct editor* editor, const struct link* link)
{
  const struct engine* const engine = editor->engine;
  for (uint32_t i = 0; record_of(editor, link->from)->is_removed &&
                       i < engine->n_links; ++i) {
    if (engine->links[i].to == link->from) {
      link = &engine->links[i];
      i = UINT32_MAX; // from the first one on
    }
  }
  return link;
}

static void
view_link(struct editor* editor, struct snapshot* self, const struct link* rear)
{
  const struct link* const link = beginning(editor, rear);
  const struct plan_node* const from = record_of(editor, link->from)->plan;
  const struct plan_node* const to = record_of(editor, rear->to)->plan;
  self->shown.links[self->shown.n_links++] = (struct edit_link_view){
    .from = self->places[link->from->index],
    .to = self->places[rear->to->index],
    .from_port = port_symbol(from, &from->out[link->from_slot]),
    .to_port = port_symbol(to, &to->in[rear->to_slot]),
    .format = to->in[rear->to_slot].slot.format,
    .capacity = rear->capacity,
    .n_queued = link_count(rear),
  };
}

static enum status
allocate(struct editor* editor, struct snapshot* self)
{
  const struct engine* const engine = editor->engine;
  self->shown.nodes = mem_new_array(struct edit_node_view, engine->n_nodes);
  self->shown.links = mem_new_array(struct edit_link_view, engine->n_links);
  self->generations = mem_new_array(struct generation*, engine->n_nodes);
  self->places = mem_new_array(uint32_t, engine->n_nodes);
  return self->shown.nodes && self->shown.links && self->generations &&
             self->places
           ? STATUS_OK
           : STATUS_NO_MEMORY;
}

static enum status
fill(struct editor* editor, struct snapshot* self)
{
  struct engine* const engine = editor->engine;
  struct edit_snapshot* const shown = &self->shown;
  enum status st = allocate(editor, self);
  for (uint32_t i = 0; !st && i < engine->n_nodes; ++i) {
    if (!editor->records[i].is_removed) {
      st = view_node(editor, self, &engine->nodes[i]);
    }
  }
  for (uint32_t i = 0; !st && i < engine->n_links; ++i) {
    const struct link* const link = &engine->links[i];
    if (link->from && !record_of(editor, link->to)->is_removed) {
      view_link(editor, self, &engine->links[i]);
    }
  }
  shown->generation = editor->n_transactions;
  shown->is_running = seam_run_goes_on(engine);
  shown->n_swaps = editor->n_swaps;
  shown->n_rolled_back = editor->n_rolled_back;
  shown->max_stall_ns = editor->max_stall_ns;
  generations_count(&editor->generations, &shown->n_loaded, &shown->n_parked);
  return st;
}

enum status
edit_get_snapshot(struct editor* editor, struct edit_snapshot** out)
{
  struct snapshot* const self = mem_new(struct snapshot);
  if (!self) {
    return STATUS_NO_MEMORY;
  }
  pthread_mutex_lock(&editor->lock);
  edit_reap(editor);
  self->editor = editor;
  const enum status st = fill(editor, self);
  pthread_mutex_unlock(&editor->lock);
  if (st) {
    edit_free_snapshot(&self->shown);
    return st;
  }
  *out = &self->shown;
  return STATUS_OK;
}

void
edit_free_snapshot(struct edit_snapshot* shown)
{
  struct snapshot* const self = (struct snapshot*)(void*)shown;
  if (!self) {
    return;
  }
  pthread_mutex_lock(&self->editor->lock);
  for (uint32_t i = 0; i < shown->n_nodes; ++i) {
    const struct edit_node_view* const view = &shown->nodes[i];
    values_free((struct rill_value*)(uintptr_t)view->params, view->desc->n_params);
    mem_free((void*)(uintptr_t)view->given);
    mem_free((void*)(uintptr_t)view->id);
    mem_free((void*)(uintptr_t)view->path);
    mem_free((void*)(uintptr_t)view->hash);
    mem_free((void*)(uintptr_t)view->rolled_back_why);
    generation_unref(self->generations[i]);
  }
  pthread_mutex_unlock(&self->editor->lock);
  mem_free(self->shown.nodes);
  mem_free(self->shown.links);
  mem_free(self->generations);
  mem_free(self->places);
  mem_free(self);
}
