// SPDX-License-Identifier: ISC
#include "plan/derive.h"

#include "base/mem.h"
#include "load/library_host.h"
#include "load/process_state.h"

#include <rill/rill.h>

#include <stdio.h>

static const struct rill_node_desc*
desc_of(const struct plan_node* node)
{
  return node->type->live ? node->type->live : node->type->desc;
}

int
derive_is_there(const struct plan_node* node)
{
  const struct rill_node_desc* const desc = desc_of(node);
  return RILL_HAS(desc, derive) && desc->derive;
}

// The slots as the plugin sees them: inputs, then outputs, which are copies
// so that a call that fails changes nothing.
struct question {
  struct rill_slot** slots;
  struct rill_slot* outputs;
};

static enum status
question_init(struct question* q, const struct plan_node* node)
{
  q->slots = mem_new_array(struct rill_slot*, (size_t)node->n_in + node->n_out);
  q->outputs = mem_new_array(struct rill_slot, node->n_out);
  if (!q->slots || !q->outputs) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < node->n_in; ++i) {
    q->slots[i] = &node->in[i].slot;
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    q->outputs[i] = node->out[i].slot;
    q->slots[node->n_in + i] = &q->outputs[i];
  }
  return STATUS_OK;
}

static enum status
ask(struct plan_node* node, const struct question* q, uint64_t* n_frames,
    struct library_host* host)
{
  const struct rill_node_desc* const desc = desc_of(node);
  struct rill_lib* const lib =
    node->type->library ? library_handle(node->type->library) : NULL;
  struct rill_derivation d = {
    .size = sizeof d,
    .n_params = desc->n_params,
    .params = node->params,
    .n_in = node->n_in,
    .n_out = node->n_out,
    .in = (const struct rill_slot* const*)q->slots,
    .out = q->slots + node->n_in,
  };
  // It may load a library, and one that was linked with -Ofast changes how
  // this thread computes.
  const uint32_t fp_control = process_fp_control();
  const int32_t answer = desc->derive(lib, desc, &host->host, &d);
  process_set_fp_control(fp_control);

  if (answer < 0) {
    return status_from_plugin(answer);
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    node->out[i].slot.format = q->outputs[i].format;
  }
  *n_frames = d.n_frames;
  return STATUS_OK;
}

enum status
derive_ask(struct plan_node* node, uint64_t* n_frames, char* error,
           size_t error_bytes)
{
  struct question q = { 0 };
  struct library_host host;
  library_host_init(&host, node->id ? node->id : node->type->desc->name);
  const enum status st = question_init(&q, node)
                           ? STATUS_NO_MEMORY
                           : ask(node, &q, n_frames, &host);
  if (st) {
    const char* const said = library_host_take_error(&host);
    snprintf(error, error_bytes, "%s", *said ? said : status_text(st));
  }
  library_host_fini(&host);
  mem_free(q.slots);
  mem_free(q.outputs);
  return st;
}
