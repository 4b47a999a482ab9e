// SPDX-License-Identifier: ISC
#include "engine/wiring.h"

#include "base/mem.h"
#include "engine/services.h"

static enum status
connect_links(struct engine* engine)
{
  const struct plan* const plan = engine->plan;
  for (uint32_t i = 0; i < plan->n_links; ++i) {
    const struct plan_link* const from = &plan->links[i];
    struct link* const link = &engine->links[i];
    link->from = &engine->nodes[from->from];
    link->to = &engine->nodes[from->to];
    link->from_slot = from->from_slot;
    link->to_slot = from->to_slot;
    if (link_init(link, from->capacity)) {
      return STATUS_NO_MEMORY;
    }
    link->to->in[from->to_slot].link = link;
    ++link->from->out[from->from_slot].n_links;
  }
  return STATUS_OK;
}

static enum status
list_links(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    for (uint32_t k = 0; k < engine->nodes[i].n_out; ++k) {
      struct out_slot* const out = &engine->nodes[i].out[k];
      if (!(out->links = mem_new_array(struct link*, out->n_links))) {
        return STATUS_NO_MEMORY;
      }
      out->n_links = 0;
    }
  }
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    struct out_slot* const out =
      &engine->links[i].from->out[engine->links[i].from_slot];
    out->links[out->n_links++] = &engine->links[i];
  }
  return STATUS_OK;
}

enum status
wiring_init(struct engine* engine)
{
  const enum status st = connect_links(engine);
  return st ? st : list_links(engine);
}

void
wiring_fini(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    link_fini(&engine->links[i]);
  }
}

enum status
wiring_put_delays(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    struct link* const link = &engine->links[i];
    const uint32_t n_frames = engine->plan->links[i].delay_frames;
    if (!n_frames) {
      continue;
    }
    struct node* const from = link->from;
    const struct rill_host* const host = &from->services->host;
    struct rill_buffer* const silence = host->buffers->alloc(
      host, from->out[link->from_slot].format, n_frames);
    if (!silence) {
      return STATUS_NO_MEMORY;
    }
    silence->flags |= RILL_BUFFER_SILENT;
    link_push(link, buffer_of(silence));
  }
  return STATUS_OK;
}
