// SPDX-License-Identifier: ISC
#include "report/picture.h"

#include "base/mem.h"
#include "report/figures.h"
#include "report/plan_report.h"

#include <math.h>
#include <string.h>

enum { FORMAT_BYTES = 128 };

static double
find_share(const struct json_value* nodes, const char* id)
{
  for (size_t i = 0; i < json_n_items(nodes); ++i) {
    const struct json_value* const node = json_item(nodes, i);
    const char* const known = json_find_text(node, "id");
    if (known && !strcmp(known, id)) {
      return json_find_number(node, "share", -1);
    }
  }
  return -1;
}

enum status
picture_costs_read(const struct plan* plan, const struct json_value* profile,
                   struct picture_costs* out)
{
  const struct json_value* const nodes = json_find(profile, "nodes");
  out->shares = mem_new_array(double, plan->n_nodes);
  for (uint32_t i = 0; out->shares && i < plan->n_nodes; ++i) {
    out->shares[i] = find_share(nodes, plan->nodes[i].id);
  }
  return out->shares ? STATUS_OK : STATUS_NO_MEMORY;
}

void
picture_costs_fini(struct picture_costs* costs)
{
  mem_free(costs->shares);
  costs->shares = NULL;
}

// The root spreads the small ones, which are most.
struct picture_color
picture_heat(double share)
{
  static const double hot[] = { 255, 140, 80 };
  struct picture_color color;
  const double part = share > 0 ? sqrt(share < 1 ? share : 1) : 0;
  unsigned rgb[3];
  for (int i = 0; i < 3; ++i) {
    rgb[i] = (unsigned)(255 + (hot[i] - 255) * part + 0.5);
  }
  snprintf(color.text, sizeof color.text, "#%02x%02x%02x", rgb[0] & 0xff,
           rgb[1] & 0xff, rgb[2] & 0xff);
  return color;
}

// Both languages take text in double quotes; neither has a common escape.
static void
put_label(const char* text, FILE* to)
{
  for (const char* c = text; *c; ++c) {
    const unsigned char u = (unsigned char)*c;
    if (u < 0x20 || u == 0x7f || u == '"' || u == '\\') {
      fputc(u == '"' ? '\'' : ' ', to);
    } else {
      fputc(u, to);
    }
  }
}

static void
put_cost(double share, const char* before, FILE* to)
{
  if (share >= 0) {
    fprintf(to, "%s%s", before, figure_percent(share).text);
  }
}

static void
put_format(const struct plan* plan, const struct plan_link* link, FILE* to)
{
  char format[FORMAT_BYTES];
  format_print(&plan->nodes[link->from].out[link->from_slot].slot.format,
               format, sizeof format);
  put_label(format, to);
}

static void
put_dot_node(const struct plan_node* node, uint32_t index, double share,
             FILE* to)
{
  fprintf(to, "  n%u [label=\"", index);
  put_label(node->id, to);
  fputs("\\n", to);
  put_label(node->type->desc->name, to);
  put_cost(share, "\\n", to);
  fprintf(to, "\", style=\"rounded,filled%s\", fillcolor=\"%s\"];\n",
          node->origin == PLAN_CONVERTER ? ",dashed" : "",
          picture_heat(share).text);
}

enum status
picture_dot(const struct plan* plan, const struct picture_costs* costs,
            FILE* to)
{
  fputs("digraph \"", to);
  put_label(plan->name, to);
  fputs("\" {\n  rankdir=LR;\n"
        "  node [shape=box, fontname=\"sans-serif\", fontsize=12];\n"
        "  edge [fontname=\"sans-serif\", fontsize=9];\n",
        to);
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    put_dot_node(&plan->nodes[i], i, costs->shares[i], to);
  }
  for (uint32_t i = 0; i < plan->n_links; ++i) {
    const struct plan_link* const link = &plan->links[i];
    fprintf(to, "  n%u -> n%u [label=\"", link->from, link->to);
    put_format(plan, link, to);
    fputs("\"];\n", to);
  }
  return fputs("}\n", to) == EOF ? STATUS_BAD_OUTPUT : STATUS_OK;
}

static void
put_mermaid_node(const struct plan_node* node, uint32_t index, double share,
                 FILE* to)
{
  fprintf(to, "  n%u[\"", index);
  put_label(node->id, to);
  fputs("<br/>", to);
  put_label(node->type->desc->name, to);
  put_cost(share, "<br/>", to);
  fputs("\"]\n", to);
  if (share >= 0 || node->origin == PLAN_CONVERTER) {
    fprintf(to, "  style n%u fill:%s,color:#1f2328%s\n", index,
            picture_heat(share).text,
            node->origin == PLAN_CONVERTER ? ",stroke-dasharray:4 3" : "");
  }
}

enum status
picture_mermaid(const struct plan* plan, const struct picture_costs* costs,
                FILE* to)
{
  fputs("flowchart LR\n", to);
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    put_mermaid_node(&plan->nodes[i], i, costs->shares[i], to);
  }
  for (uint32_t i = 0; i < plan->n_links; ++i) {
    const struct plan_link* const link = &plan->links[i];
    fprintf(to, "  n%u -->|\"", link->from);
    put_format(plan, link, to);
    fprintf(to, "\"| n%u\n", link->to);
  }
  return ferror(to) ? STATUS_BAD_OUTPUT : STATUS_OK;
}
