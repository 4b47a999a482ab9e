// SPDX-License-Identifier: ISC
// Formats and parameters of a node type in words.
#include "plan/formats.h"
#include "report/type_report.h"

#include <harness/param_text.h>

#include <string.h>

static const char* const kinds[] = {
  [RILL_KIND_NONE] = "nothing", [RILL_KIND_AUDIO] = "audio",
  [RILL_KIND_VIDEO] = "video",  [RILL_KIND_TENSOR] = "tensor",
  [RILL_KIND_TEXT] = "text",    [RILL_KIND_JSON] = "json",
  [RILL_KIND_BYTES] = "bytes",  [RILL_KIND_CUSTOM] = "custom",
};

static const char* const fields[] = {
  [RILL_FIELD_ENCODING] = "encoding", [RILL_FIELD_RATE] = "rate",
  [RILL_FIELD_CHANNELS] = "channels", [RILL_FIELD_PACKING] = "packing",
  [RILL_FIELD_WIDTH] = "width",       [RILL_FIELD_HEIGHT] = "height",
  [RILL_FIELD_RANK] = "dimensions",
};

static const char* const types[] = {
  [RILL_TYPE_FLOAT] = "float",   [RILL_TYPE_INT] = "int",
  [RILL_TYPE_BOOL] = "bool",     [RILL_TYPE_ENUM] = "enum",
  [RILL_TYPE_STRING] = "string", [RILL_TYPE_JSON] = "any value",
};

static const char* const lists[] = {
  [RILL_TYPE_FLOAT] = "list of float",   [RILL_TYPE_INT] = "list of int",
  [RILL_TYPE_BOOL] = "list of bool",     [RILL_TYPE_ENUM] = "list of enum",
  [RILL_TYPE_STRING] = "list of string",
  [RILL_TYPE_JSON] = "list of any value",
};

#define NAME_OF(names, number)                                                 \
  ((number) < sizeof(names) / sizeof((names)[0]) && (names)[number]            \
     ? (names)[number]                                                         \
     : "?")

void
doc_summary(const char* doc, struct text* out)
{
  const size_t n = doc ? strcspn(doc, "\n") : 0;
  text_add_bytes(out, doc ? doc : "", n);
}

static void
add_value(uint32_t field, uint32_t value, struct text* out)
{
  switch (field) {
    case RILL_FIELD_ENCODING: text_add(out, "%s", encoding_name(value)); break;
    case RILL_FIELD_PACKING: text_add(out, "%s", packing_name(value)); break;
    case RILL_FIELD_RATE: text_add(out, "%u Hz", value); break;
    default: text_add(out, "%u", value);
  }
}

static const char*
port_symbol(const struct rill_node_desc* desc, uint32_t id)
{
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    if (desc->ports[i]->id == id) {
      return desc->ports[i]->symbol;
    }
  }
  return "?";
}

static void
add_demand(const struct rill_node_desc* desc, const struct rill_constraint* c,
           struct text* out)
{
  text_add(out, ", %s ", NAME_OF(fields, c->field));
  switch (c->op) {
    case RILL_RANGE:
      add_value(c->field, c->min, out);
      text_add(out, c->max == UINT32_MAX ? " and up" : " to ");
      if (c->max != UINT32_MAX) {
        add_value(c->field, c->max, out);
      }
      break;
    case RILL_ONE_OF:
      for (uint32_t i = 0; i < c->n_values; ++i) {
        text_add(out, i ? " or " : "");
        add_value(c->field, c->values[i], out);
      }
      break;
    case RILL_SAME_AS:
      text_add(out, "of '%s'", port_symbol(desc, c->port));
      break;
    case RILL_PARAM: text_add(out, "by parameter '%s'", c->param); break;
    default: text_add(out, "?");
  }
}

void
format_set_describe(const struct rill_node_desc* desc,
                    const struct rill_format_set* set, struct text* out)
{
  text_add(out, "%s", kind_name(set->kind));
  if (set->uri) {
    text_add(out, " %s", set->uri);
  }
  for (uint32_t i = 0; i < set->n_constraints; ++i) {
    add_demand(desc, &set->constraints[i], out);
  }
}

const char*
kind_name(uint32_t kind)
{
  return NAME_OF(kinds, kind);
}

const char*
param_type_name(const struct rill_param_desc* param)
{
  return param->flags & RILL_PARAM_LIST ? NAME_OF(lists, param->type)
                                        : NAME_OF(types, param->type);
}

void
param_range(const struct rill_param_desc* param, struct text* out)
{
  char low[64] = "";
  char high[64] = "";
  for (uint32_t i = 0; i < param->n_names; ++i) {
    text_add(out, "%s%s", i ? ", " : "one of ", param->names[i]);
  }
  if (param->min < param->max) {
    rill_number_print(param->unit, param->min, low, sizeof low);
    rill_number_print(param->unit, param->max, high, sizeof high);
    text_add(out, "%s to %s", low, high);
  }
}
