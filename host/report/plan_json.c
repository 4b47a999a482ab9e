// SPDX-License-Identifier: ISC
#include "base/json.h"
#include "plan/formats.h"
#include "report/plan_report.h"
#include "report/type_report.h"

#include <harness/param_text.h>

#include <inttypes.h>
#include <stdio.h>

enum { FORMAT_BYTES = 128, SHORT_BYTES = 256 };

double
plan_latency_s(const struct plan* plan)
{
  double most = 0;
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    const double latency = plan_path_latency(plan, i);
    most = latency > most ? latency : most;
  }
  return most;
}

const char*
plan_slot_symbol(const struct plan_node* node, const struct plan_slot* slot)
{
  return node->type->desc->ports[slot->slot.port]->symbol;
}

static void
put_param(struct json* json, const struct rill_param_desc* desc,
          const struct rill_value* value)
{
  struct text text = { 0 };
  char brief[SHORT_BYTES];
  const size_t n = rill_param_print(desc, value, brief, sizeof brief);
  if (n < sizeof brief) {
    json_put_text(json, desc->symbol, brief);
    return;
  }
  text_add(&text, "%*s", (int)n, "");
  if (!text.failed) {
    rill_param_print(desc, value, text.data, n + 1);
  }
  json->text.failed |= text.failed;
  json_put_text(json, desc->symbol, text_get(&text));
  text_fini(&text);
}

static void
put_shape(struct json* json, const struct rill_format* f)
{
  json_open_array(json, "shape");
  for (uint32_t i = 0; i < f->rank && i < RILL_MAX_RANK; ++i) {
    json_put_uint(json, NULL, f->shape[i]);
  }
  json_close(json);
}

// Members that a kind does not have are left out.
static void
put_format(struct json* json, const struct rill_format* f)
{
  char text[FORMAT_BYTES];
  if (f->kind == RILL_KIND_NONE) {
    json_put_null(json, "format");
    return;
  }
  format_print(f, text, sizeof text);
  json_open_object(json, "format");
  json_put_text(json, "text", text);
  json_put_text(json, "kind", kind_name(f->kind));
  if (f->encoding) {
    json_put_text(json, "encoding", encoding_name(f->encoding));
  }
  if (f->rate) {
    json_put_uint(json, "rate", f->rate);
    json_put_uint(json, "rate_den", f->rate_den);
  }
  if (f->kind == RILL_KIND_AUDIO) {
    json_put_uint(json, "channels", f->channels);
    json_put_text(json, "packing", packing_name(f->packing));
    json_put_uint(json, "layout", f->layout);
  }
  if (f->kind == RILL_KIND_VIDEO) {
    json_put_uint(json, "width", f->width);
    json_put_uint(json, "height", f->height);
  }
  if (f->kind == RILL_KIND_TENSOR) {
    put_shape(json, f);
  }
  json_close(json);
}

static void
put_slots(struct json* json, const char* key, const struct plan_node* node,
          const struct plan_slot* slots, uint32_t n_slots)
{
  json_open_array(json, key);
  for (uint32_t i = 0; i < n_slots; ++i) {
    const struct rill_slot* const s = &slots[i].slot;
    json_open_object(json, NULL);
    json_put_text(json, "port", plan_slot_symbol(node, &slots[i]));
    json_put_flag(json, "connected", s->connected != 0);
    put_format(json, &s->format);
    json_put_uint(json, "max_frames", s->max_frames);
    json_close(json);
  }
  json_close(json);
}

static void
put_place(struct json* json, const struct place* place)
{
  json_open_object(json, "place");
  json_put_text(json, "file", place->file);
  json_put_uint(json, "line", place->line);
  json_put_uint(json, "column", place->column);
  json_close(json);
}

static void
put_node(struct json* json, const struct plan_node* node)
{
  const struct rill_node_desc* const d = node->type->desc;
  char seed[24];
  json_open_object(json, NULL);
  json_put_text(json, "id", node->id);
  json_put_text(json, "type", d->name);
  json_put_text(json, "origin",
                node->origin == PLAN_CONVERTER ? "converter" : "user");
  json_open_object(json, "plugin");
  json_put_text(json, "id", d->id);
  json_put_text(json, "version", d->version);
  json_put_text(json, "path", node->type->path);
  json_put_text(json, "sha256", node->type->hash);
  json_close(json);
  json_open_object(json, "params");
  for (uint32_t i = 0; i < d->n_params; ++i) {
    put_param(json, d->params[i], &node->params[i]);
  }
  json_close(json);
  put_slots(json, "in", node, node->in, node->n_in);
  put_slots(json, "out", node, node->out, node->n_out);
  json_put_uint(json, "latency_frames", node->latency_frames);
  json_put_uint(json, "tail_frames", node->tail_frames);
  json_put_uint(json, "scratch_bytes", node->scratch_bytes);
  snprintf(seed, sizeof seed, "%016" PRIx64, node->seed);
  json_put_text(json, "seed", seed); // too large for readers with doubles
  if (!node->n_in && node->media_frames) {
    json_put_uint(json, "media_frames", node->media_frames);
  }
  put_place(json, &node->place);
  json_close(json);
}

static void
put_link(struct json* json, const struct plan* plan,
         const struct plan_link* link)
{
  const struct plan_node* const from = &plan->nodes[link->from];
  const struct plan_node* const to = &plan->nodes[link->to];
  json_open_object(json, NULL);
  json_put_text(json, "from", from->id);
  json_put_text(json, "from_port",
                plan_slot_symbol(from, &from->out[link->from_slot]));
  json_put_text(json, "to", to->id);
  json_put_text(json, "to_port", plan_slot_symbol(to, &to->in[link->to_slot]));
  json_put_uint(json, "to_slot", link->to_slot);
  put_format(json, &from->out[link->from_slot].slot.format);
  json_put_uint(json, "capacity", link->capacity);
  json_put_uint(json, "delay_frames", link->delay_frames);
  json_put_flag(json, "as_json", plan_link_is_json(plan, link));
  json_close(json);
}

enum status
plan_print_json(const struct plan* plan, FILE* to)
{
  struct json json = { 0 };
  json_begin(&json, "rill.plan/1");
  json_put_text(&json, "name", plan->name);
  json_put_uint(&json, "block", plan->block);
  json_put_uint(&json, "threads", plan->threads);
  json_put_real(&json, "latency_s", plan_latency_s(plan));
  json_put_uint(&json, "memory_bytes", plan_memory_bytes(plan));
  json_open_array(&json, "nodes");
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    put_node(&json, &plan->nodes[i]);
  }
  json_close(&json);
  json_open_array(&json, "links");
  for (uint32_t i = 0; i < plan->n_links; ++i) {
    put_link(&json, plan, &plan->links[i]);
  }
  return json_print(&json, to);
}
