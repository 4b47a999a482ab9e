// SPDX-License-Identifier: ISC
#include "plan/plan.h"

#include "harness/param_text.h"

#include <stdio.h>

enum { FORMAT_BYTES = 256, VALUE_BYTES = 256, HASH_SHOWN = 12 };

// In tenths, for a point in any locale.
static void
print_tenths(uint64_t tenths, const char* unit, struct text* out)
{
  text_add(out, "%llu.%llu %s", (unsigned long long)(tenths / 10),
           (unsigned long long)(tenths % 10), unit);
}

static void
print_bytes(uint64_t n, struct text* out)
{
  static const char* const units[] = { "KiB", "MiB", "GiB", "TiB" };
  uint32_t unit = 0;
  uint64_t size = 1024;
  if (n < 1024) {
    text_add(out, "%llu B", (unsigned long long)n);
    return;
  }
  while (n / size >= 1024 && unit < 3) {
    size *= 1024;
    ++unit;
  }
  print_tenths(n / size * 10 + n % size * 10 / size, units[unit], out);
}

static void
print_seconds(double seconds, struct text* out)
{
  print_tenths((uint64_t)(seconds * 1e4 + 0.5), "ms", out);
}

static const char*
plural(uint32_t n)
{
  return n == 1 ? "" : "s";
}

static void
print_head(const struct plan* plan, struct text* out)
{
  uint32_t n_inserted = 0;
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    n_inserted += plan->nodes[i].origin == PLAN_CONVERTER;
  }
  text_add(out, "%s: %u node%s", plan->name, plan->n_nodes,
           plural(plan->n_nodes));
  if (n_inserted) {
    text_add(out, " (%u inserted, marked *)", n_inserted);
  }
  text_add(out, ", %u link%s, block %u, %u thread%s, buffers up to ",
           plan->n_links, plural(plan->n_links), plan->block, plan->threads,
           plural(plan->threads));
  print_bytes(plan_memory_bytes(plan), out);
  text_add(out, "\n");
}

// Values as the file would have them; defaults are left out.
static void
print_params(const struct plan_node* node, struct text* out)
{
  const struct rill_node_desc* const desc = node->type->desc;
  char value[VALUE_BYTES];
  int n = 0;
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    if (node->given[i]) {
      rill_param_print(desc->params[i], &node->params[i], value, sizeof value);
      text_add(out, "%s%s: %s", n++ ? ", " : "       with ",
               desc->params[i]->symbol, value);
    }
  }
  text_add(out, "%s", n ? "\n" : "");
}

static void
print_slot(const struct plan_node* node, const struct plan_slot* slot,
           struct text* out)
{
  char format[FORMAT_BYTES];
  format_print(&slot->slot.format, format, sizeof format);
  text_add(out, "%s: %s", node->type->desc->ports[slot->slot.port]->symbol,
           format);
  if (slot->slot.max_frames) {
    text_add(out, ", up to %u frames", slot->slot.max_frames);
  }
}

int
plan_link_is_json(const struct plan* plan, const struct plan_link* link)
{
  const struct plan_node* const from = &plan->nodes[link->from];
  const struct plan_node* const to = &plan->nodes[link->to];
  const uint32_t out = from->out[link->from_slot].slot.port;
  const uint32_t in = to->in[link->to_slot].slot.port;
  return ((from->type->desc->ports[out]->flags |
           to->type->desc->ports[in]->flags) & RILL_PORT_AS_JSON) != 0;
}

static void
print_input(const struct plan* plan, const struct plan_node* node,
            const struct plan_slot* slot, struct text* out)
{
  const struct plan_link* const link = &plan->links[slot->link];
  const struct plan_node* const from = &plan->nodes[link->from];
  const uint32_t port = from->out[link->from_slot].slot.port;

  text_add(out, "       in   ");
  print_slot(node, slot, out);
  text_add(out, ", from %s.%s, queue %u", from->id,
           from->type->desc->ports[port]->symbol, link->capacity);
  if (link->delay_frames) {
    text_add(out, ", delayed by %u frames", link->delay_frames);
  }
  text_add(out, "%s\n", plan_link_is_json(plan, link) ? ", as JSON" : "");
}

static void
print_latency(const struct plan* plan, uint32_t index, struct text* out)
{
  const struct plan_node* const node = &plan->nodes[index];
  const double path = plan_path_latency(plan, index);
  if (node->latency_frames || node->tail_frames) {
    text_add(out, "       latency %u frames, tail ", node->latency_frames);
    text_add(out, node->tail_frames == UINT32_MAX ? "not known" : "%u frames",
             node->tail_frames);
    if (path > 0) {
      text_add(out, ", ");
      print_seconds(path, out);
      text_add(out, " behind the source");
    }
    text_add(out, "\n");
  }
}

static void
print_title(const struct plan_node* node, uint32_t index, struct text* out)
{
  const struct node_type* const type = node->type;
  text_add(out, "%s%3u  %s  %s",
           node->origin == PLAN_CONVERTER ? "*" : " ", index + 1, node->id,
           type->desc->name);
  if (type->path[0]) {
    text_add(out, "  %s %.*s", type->path, HASH_SHOWN, type->hash);
  }
  text_add(out, "\n");
}

static void
print_node(const struct plan* plan, uint32_t index, struct text* out)
{
  const struct plan_node* const node = &plan->nodes[index];
  print_title(node, index, out);
  print_params(node, out);
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (node->in[i].link >= 0) {
      print_input(plan, node, &node->in[i], out);
    }
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    if (node->out[i].slot.connected) {
      text_add(out, "       out  ");
      print_slot(node, &node->out[i], out);
      text_add(out, "\n");
    }
  }
  if (node->media_frames) {
    text_add(out, "       length %llu frames\n",
             (unsigned long long)node->media_frames);
  }
  print_latency(plan, index, out);
}

void
plan_print(const struct plan* plan, struct text* out)
{
  print_head(plan, out);
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    print_node(plan, i, out);
  }
}
