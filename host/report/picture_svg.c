// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "report/figures.h"
#include "report/layers.h"
#include "report/picture.h"
#include "report/plan_report.h"
#include "report/table.h"
#include "report/xml.h"

#include <stdlib.h>

enum {
  FORMAT_BYTES = 128,
  MARGIN = 24,
  TITLE = 34,
  PORT_STEP = 18, // between ports of a box
  BASE_HEIGHT = 44,
  COST_HEIGHT = 16,
  LABEL_GAP = 8
};

// Widths of a character, a little more than common fonts have.
static const double id_width = 8.6;
static const double type_width = 7.0;
static const double label_width = 6.3;

struct drawing {
  const struct plan* plan;
  const struct picture_costs* costs;
  struct layers layers;
  FILE* to;
};

// Coordinates in tenths, with a point in any locale.
struct coordinate {
  char text[24];
};

static struct coordinate
at(double value)
{
  struct coordinate c;
  const long tenths = (long)(value * 10 + (value < 0 ? -0.5 : 0.5));
  snprintf(c.text, sizeof c.text, "%s%ld.%ld", tenths < 0 ? "-" : "",
           labs(tenths) / 10, labs(tenths) % 10);
  return c;
}

static uint32_t
most(uint32_t a, uint32_t b)
{
  return a > b ? a : b;
}

static double
larger(double a, double b)
{
  return a > b ? a : b;
}

// Ports that nothing is linked to are not drawn: a node may have many.
static uint32_t
n_drawn(const struct plan_slot* slots, uint32_t n_slots)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < n_slots; ++i) {
    n += slots[i].slot.connected != 0;
  }
  return n;
}

// Names of ports stand in the box when a side has more than one.
static double
ports_width(const struct plan_node* node, const struct plan_slot* slots,
            uint32_t n_slots)
{
  double width = 0;
  const int has_names = n_drawn(slots, n_slots) > 1;
  for (uint32_t i = 0; has_names && i < n_slots; ++i) {
    const double n = text_columns(plan_slot_symbol(node, &slots[i]));
    const double needed = n * label_width + LABEL_GAP;
    width = slots[i].slot.connected ? larger(width, needed) : width;
  }
  return width;
}

static uint32_t
n_port_rows(const struct plan_node* node)
{
  const uint32_t n =
    most(n_drawn(node->in, node->n_in), n_drawn(node->out, node->n_out));
  return n > 1 ? n : 0;
}

// The ports of a side stand at the bottom of the box, a single one in the
// middle.
static double
port_y(const struct plan_slot* slots, uint32_t n_slots, uint32_t slot,
       const struct plan_node* node, double height)
{
  const uint32_t row = n_drawn(slots, slot);
  const uint32_t n_rows = n_port_rows(node);
  return n_drawn(slots, n_slots) > 1
           ? height - 10 - (n_rows - 1 - row) * PORT_STEP
           : height / 2;
}

static double
in_y(const struct plan_node* node, uint32_t slot, double height)
{
  return port_y(node->in, node->n_in, slot, node, height);
}

static double
out_y(const struct plan_node* node, uint32_t slot, double height)
{
  return port_y(node->out, node->n_out, slot, node, height);
}

static void
measure_box(const struct drawing* d, uint32_t index, struct layers_box* box)
{
  const struct plan_node* const node = &d->plan->nodes[index];
  const double id = text_columns(node->id) * id_width;
  const double type = text_columns(node->type->desc->name) * type_width;
  const double ports = ports_width(node, node->in, node->n_in) +
                       ports_width(node, node->out, node->n_out) + LABEL_GAP;
  box->width = larger(larger(id, type) + 24, larger(ports, 90));
  box->height = BASE_HEIGHT + (d->costs->shares[index] >= 0 ? COST_HEIGHT : 0);
  if (n_port_rows(node)) {
    box->height += n_port_rows(node) * PORT_STEP;
  }
}

static void
get_format(const struct plan* plan, const struct plan_link* link,
           char out[FORMAT_BYTES])
{
  format_print(&plan->nodes[link->from].out[link->from_slot].slot.format, out,
               FORMAT_BYTES);
}

static struct layers_line
make_line(const struct drawing* d, const struct plan_link* link)
{
  const struct plan* const plan = d->plan;
  const struct plan_node* const from = &plan->nodes[link->from];
  const struct plan_node* const to = &plan->nodes[link->to];
  char format[FORMAT_BYTES];
  get_format(plan, link, format);
  return (struct layers_line){
    .from = link->from,
    .to = link->to,
    .from_y =
      out_y(from, link->from_slot, d->layers.boxes[link->from].height),
    .to_y = in_y(to, link->to_slot, d->layers.boxes[link->to].height),
    .label_width = text_columns(format) * label_width + 2 * LABEL_GAP
  };
}

// In the order of their right ends, as layers_place wants them.
static enum status
make_lines(struct drawing* d)
{
  struct layers* const l = &d->layers;
  l->lines = mem_new_array(struct layers_line, d->plan->n_links);
  if (!l->lines) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < d->plan->n_nodes; ++i) {
    const struct plan_node* const node = &d->plan->nodes[i];
    for (uint32_t s = 0; s < node->n_in; ++s) {
      if (node->in[s].link >= 0) {
        l->lines[l->n_lines++] =
          make_line(d, &d->plan->links[node->in[s].link]);
      }
    }
  }
  return STATUS_OK;
}

static enum status
lay_out(struct drawing* d)
{
  struct layers* const l = &d->layers;
  l->n_boxes = d->plan->n_nodes;
  l->boxes = mem_new_array(struct layers_box, l->n_boxes);
  if (!l->boxes) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < l->n_boxes; ++i) {
    measure_box(d, i, &l->boxes[i]);
  }
  const enum status st = make_lines(d);
  return st ? st : layers_place(l);
}

static void
put_head(const struct drawing* d)
{
  const double width = d->layers.width + 2 * MARGIN;
  const double height = d->layers.height + 2 * MARGIN + TITLE;
  fprintf(d->to,
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" "
          "height=\"%s\" viewBox=\"0 0 %s %s\">\n",
          at(width).text, at(height).text, at(width).text, at(height).text);
  fputs("<style>\n"
        "text { font-family: 'DejaVu Sans', Verdana, sans-serif; "
        "fill: #1f2328 }\n"
        ".title { font-size: 16px; font-weight: bold }\n"
        ".id { font-size: 13px; font-weight: bold; text-anchor: middle }\n"
        ".type { font-size: 11px; fill: #57606a; text-anchor: middle }\n"
        ".label { font-size: 10px; fill: #57606a }\n"
        ".end { text-anchor: end }\n"
        ".box { stroke: #57606a; stroke-width: 1.2 }\n"
        ".inserted { stroke-dasharray: 5 3 }\n"
        ".line { fill: none; stroke: #8c959f; stroke-width: 1.4; "
        "marker-end: url(#tip) }\n"
        "</style>\n"
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" "
        "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
        "<path d=\"M0 0L8 4L0 8z\" fill=\"#8c959f\"/></marker></defs>\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        d->to);
  fprintf(d->to, "<text class=\"title\" x=\"%d\" y=\"%d\">", MARGIN,
          MARGIN + 10);
  xml_put(d->plan->name, d->to);
  fprintf(d->to, "</text>\n<g transform=\"translate(%d %d)\">\n", MARGIN,
          MARGIN + TITLE);
}

// Level to the end of the column's label zone, then a bend to the next column.
static void
put_bend(const struct drawing* d, uint32_t column, double from_y, double to_x,
         double to_y)
{
  const struct layers_column* const c = &d->layers.columns[column];
  const double x = c->x + c->width + c->label_width;
  const double middle = (x + to_x) / 2;
  fprintf(d->to, "H%s", at(x).text);
  fprintf(d->to, "C%s %s %s %s %s %s", at(middle).text, at(from_y).text,
          at(middle).text, at(to_y).text, at(to_x).text, at(to_y).text);
}

static void
put_line(const struct drawing* d, const struct layers_line* line)
{
  const struct layers_box* const from = &d->layers.boxes[line->from];
  const struct layers_box* const to = &d->layers.boxes[line->to];
  double y = from->y + line->from_y;
  uint32_t column = from->column;
  fprintf(d->to, "<path class=\"line\" d=\"M%s %s",
          at(from->x + from->width).text, at(y).text);
  for (uint32_t i = 0; i < line->n_passes; ++i) {
    const struct layers_pass* const pass =
      &d->layers.passes[line->first_pass + i];
    put_bend(d, column, y, d->layers.columns[pass->column].x, pass->y);
    y = pass->y;
    column = pass->column;
  }
  put_bend(d, column, y, to->x, to->y + line->to_y);
  fputs("\"/>\n", d->to);
}

// Formats stand once at each output, above its line.
static void
put_formats(const struct drawing* d, uint32_t index)
{
  const struct plan_node* const node = &d->plan->nodes[index];
  const struct layers_box* const box = &d->layers.boxes[index];
  for (uint32_t i = 0; i < node->n_out; ++i) {
    char format[FORMAT_BYTES];
    format_print(&node->out[i].slot.format, format, sizeof format);
    if (node->out[i].slot.connected) {
      fprintf(d->to, "<text class=\"label\" x=\"%s\" y=\"%s\">",
              at(box->x + box->width + LABEL_GAP).text,
              at(box->y + out_y(node, i, box->height) - 4).text);
      xml_put(format, d->to);
      fputs("</text>\n", d->to);
    }
  }
}

static void
put_text(const struct drawing* d, const char* class_name, double x, double y,
         const char* text)
{
  fprintf(d->to, "<text class=\"%s\" x=\"%s\" y=\"%s\">", class_name,
          at(x).text, at(y).text);
  xml_put(text, d->to);
  fputs("</text>\n", d->to);
}

static void
put_port_names(const struct drawing* d, const struct plan_node* node,
               const struct layers_box* box)
{
  const int has_in = n_drawn(node->in, node->n_in) > 1;
  const int has_out = n_drawn(node->out, node->n_out) > 1;
  for (uint32_t i = 0; has_in && i < node->n_in; ++i) {
    if (node->in[i].slot.connected) {
      put_text(d, "label", box->x + 7,
               box->y + in_y(node, i, box->height) + 3.5,
               plan_slot_symbol(node, &node->in[i]));
    }
  }
  for (uint32_t i = 0; has_out && i < node->n_out; ++i) {
    if (node->out[i].slot.connected) {
      put_text(d, "label end", box->x + box->width - 7,
               box->y + out_y(node, i, box->height) + 3.5,
               plan_slot_symbol(node, &node->out[i]));
    }
  }
}

static void
put_box(const struct drawing* d, uint32_t index)
{
  const struct plan_node* const node = &d->plan->nodes[index];
  const struct layers_box* const box = &d->layers.boxes[index];
  const double share = d->costs->shares[index];
  const double middle = box->x + box->width / 2;
  const int is_inserted = node->origin == PLAN_CONVERTER;
  fprintf(d->to, "<rect class=\"box%s\" x=\"%s\" y=\"%s\" ",
          is_inserted ? " inserted" : "", at(box->x).text, at(box->y).text);
  fprintf(d->to, "width=\"%s\" height=\"%s\" rx=\"7\" fill=\"%s\"/>\n",
          at(box->width).text, at(box->height).text,
          share >= 0 ? picture_heat(share).text : "#f6f8fa");
  put_text(d, "id", middle, box->y + 19, node->id);
  put_text(d, "type", middle, box->y + 34, node->type->desc->name);
  if (share >= 0) {
    put_text(d, "type", middle, box->y + 50, figure_percent(share).text);
  }
  put_port_names(d, node, box);
}

enum status
picture_svg(const struct plan* plan, const struct picture_costs* costs,
            FILE* to)
{
  struct drawing d = { .plan = plan, .costs = costs, .to = to };
  const enum status st = lay_out(&d);
  if (!st) {
    put_head(&d);
    for (uint32_t i = 0; i < d.layers.n_lines; ++i) {
      put_line(&d, &d.layers.lines[i]);
    }
    for (uint32_t i = 0; i < plan->n_nodes; ++i) {
      put_formats(&d, i);
      put_box(&d, i);
    }
    fputs("</g>\n</svg>\n", to);
  }
  layers_fini(&d.layers);
  mem_free(d.layers.lines);
  mem_free(d.layers.boxes);
  return st;
}
