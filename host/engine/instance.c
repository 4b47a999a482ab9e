// SPDX-License-Identifier: ISC
#include "engine/instance.h"

#include "base/mem.h"
#include "engine/services.h"
#include "load/library.h"
#include "load/process_state.h"

#include <stdio.h>
#include <string.h>

/// The slots of one direction as the plugin sees them.
struct slots {
  struct rill_slot** pointers;
  uint32_t n;
};

static enum status
slots_init(struct slots* slots, struct plan_slot* from, uint32_t n)
{
  slots->n = n;
  slots->pointers = mem_new_array(struct rill_slot*, n);
  for (uint32_t i = 0; slots->pointers && i < n; ++i) {
    slots->pointers[i] = &from[i].slot;
    from[i].slot.size = sizeof from[i].slot;
  }
  return slots->pointers ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
say(struct node* node, int32_t rill_status, const char* call)
{
  if (!node->services->error_text[0]) {
    snprintf(node->services->error_text, sizeof node->services->error_text, "%s failed (status %d)",
             call, rill_status);
  }
  const enum status st = status_from_plugin(rill_status);
  return st ? st : STATUS_BAD_PLUGIN;
}

static enum status
create(struct node* node)
{
  const struct plan_node* const plan = node->plan;
  const struct rill_node_desc* const desc = plan->type->live;
  const struct rill_setup setup = {
    .size = sizeof setup,
    .n_params = desc->n_params,
    .params = plan->params,
    .node_id = plan->id,
    .seed = plan->seed,
  };
  struct rill_lib* const lib =
    plan->type->library ? library_handle(plan->type->library) : NULL;
  const int32_t rc = desc->create(lib, desc, &node->services->host, &setup, &node->instance);
  if (rc < 0) {
    node->instance = NULL;
    return say(node, rc, "create");
  }
  if (!node->instance || !node->instance->ops ||
      !RILL_HAS(node->instance->ops, destroy) || !node->instance->ops->process ||
      !node->instance->ops->destroy) {
    node->instance = NULL; // what it is cannot be known: it is not freed
    snprintf(node->services->error_text, sizeof node->services->error_text,
             "create gave an instance without process or destroy");
    return STATUS_BAD_PLUGIN;
  }
  node->process = node->instance->ops->process;
  return STATUS_OK;
}

static enum status
configure(struct node* node)
{
  struct slots in = { 0 }, out = { 0 };
  enum status st = STATUS_NO_MEMORY;
  if (!slots_init(&in, node->plan->in, node->n_in) &&
      !slots_init(&out, node->plan->out, node->n_out)) {
    const struct rill_config config = {
      .size = sizeof config,
      .n_in = in.n,
      .n_out = out.n,
      .in = (const struct rill_slot* const*)in.pointers,
      .out = (const struct rill_slot* const*)out.pointers,
    };
    const int32_t rc = node->instance->ops->configure
                         ? node->instance->ops->configure(node->instance, &config)
                         : RILL_OK;
    st = rc < 0 ? say(node, rc, "configure") : STATUS_OK;
  }
  mem_free(in.pointers);
  mem_free(out.pointers);
  return st;
}

static uint32_t
largest_input(const struct node* node)
{
  uint32_t largest = 0;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    const uint32_t n = node->plan->in[i].slot.max_frames;
    largest = n > largest ? n : largest;
  }
  return largest;
}

static void
take_report(struct node* node, const struct rill_activation* report)
{
  node->plan->latency_frames = report->latency_frames;
  node->plan->tail_frames = report->tail_frames;
  node->plan->scratch_bytes = report->scratch_bytes;
  node->is_prompt = (report->flags & RILL_ACTIVATE_PROMPT) != 0;
  for (uint32_t i = 0; i < node->n_out; ++i) {
    node->out[i].n_frames = report->out_frames[i];
    node->plan->out[i].slot.max_frames = report->out_frames[i];
  }
}

static enum status
activate(struct node* node)
{
  uint32_t* const out_frames = mem_new_array(uint32_t, node->n_out);
  if (!out_frames) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    out_frames[i] = node->plan->out[i].slot.max_frames;
  }
  struct rill_activation report = {
    .size = sizeof report,
    .flags = RILL_ACTIVATE_OFFLINE,
    .max_in_frames = largest_input(node),
    .n_out = node->n_out,
    .out_frames = out_frames,
  };
  const int32_t rc = node->instance->ops->activate
                       ? node->instance->ops->activate(node->instance, &report)
                       : RILL_OK;
  if (rc >= 0) {
    take_report(node, &report);
  }
  mem_free(out_frames);
  return rc < 0 ? say(node, rc, "activate") : STATUS_OK;
}

// What they load or link may change how this thread computes.
enum status
instance_start(struct node* node)
{
  const uint32_t fp_control = process_fp_control();
  enum status st;
  if ((st = create(node)) || (st = configure(node)) || (st = activate(node))) {
    if (node->instance) {
      node->instance->ops->destroy(node->instance);
      node->instance = NULL;
    }
  }
  process_set_fp_control(fp_control);
  return st;
}

void
instance_stop(struct node* node)
{
  if (!node->instance) {
    return;
  }
  if (node->instance->ops->deactivate) {
    node->instance->ops->deactivate(node->instance);
  }
  node->instance->ops->destroy(node->instance);
  node->instance = NULL;
}
