// SPDX-License-Identifier: ISC
#include "report/type_report.h"

#include <harness/unit.h>

#include <string.h>

static const char*
exec_name(uint32_t exec)
{
  return exec == RILL_EXEC_RT         ? "rt"
         : exec == RILL_EXEC_BLOCKING ? "blocking"
                                      : "compute";
}

static const char*
concurrency_name(const struct rill_node_desc* desc)
{
  return desc->flags & RILL_NODE_PARALLEL ? "parallel" : "serial";
}

static const struct {
  uint32_t flag;
  const char* name;
} port_flags[] = {
  { RILL_PORT_OPTIONAL, "optional" },
  { RILL_PORT_MULTI, "any number of links" },
  { RILL_PORT_ALIGNED, "aligned" },
};

static void
print_doc(const char* doc, FILE* to)
{
  const char* const rest = doc ? strchr(doc, '\n') : NULL;
  if (rest && rest[1]) {
    fprintf(to, "\n%s%s", rest + 1, rest[strlen(rest) - 1] == '\n' ? "" : "\n");
  }
}

static void
print_port(const struct rill_node_desc* desc, const struct rill_port_desc* port,
           FILE* to)
{
  fprintf(to, "  %-10s %s", port->symbol, port->doc ? port->doc : "");
  for (size_t i = 0; i < sizeof port_flags / sizeof port_flags[0]; ++i) {
    if (port->flags & port_flags[i].flag) {
      fprintf(to, "; %s", port_flags[i].name);
    }
  }
  fputc('\n', to);
  for (uint32_t i = 0; i < port->n_formats; ++i) {
    struct text words = { 0 };
    format_set_describe(desc, port->formats[i], &words);
    fprintf(to, "             %s\n", text_get(&words));
    text_fini(&words);
  }
}

static void
print_ports(const struct rill_node_desc* desc, uint32_t direction, FILE* to)
{
  const char* head = direction == RILL_IN ? "\ninputs:\n" : "\noutputs:\n";
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    if (desc->ports[i]->direction == direction) {
      fputs(head, to);
      head = "";
      print_port(desc, desc->ports[i], to);
    }
  }
}

static void
print_param(const struct rill_param_desc* p, FILE* to)
{
  struct text range = { 0 };
  char units[64] = "";
  param_range(p, &range);
  unit_list(p->unit, units, sizeof units);
  fprintf(to, "  %-10s %s\n             %s", p->symbol, p->doc ? p->doc : "",
          p->unit == RILL_UNIT_PATH ? "path" : param_type_name(p));
  if (*units) {
    fprintf(to, " in %s", units);
  }
  if (range.n) {
    fprintf(to, ", %s", text_get(&range));
  }
  if (!p->def || p->flags & RILL_PARAM_REQUIRED) {
    fputs("; required", to);
  } else {
    fprintf(to, "; default %s", *p->def ? p->def : "\"\"");
  }
  if (p->example) {
    fprintf(to, "; example %s", p->example);
  }
  fputs(p->flags & RILL_PARAM_LIVE ? "; may change while it runs\n" : "\n", to);
  text_fini(&range);
}

enum status
type_report_print(const struct type_report* type, FILE* to)
{
  const struct rill_node_desc* const d = type->desc;
  struct text summary = { 0 };
  doc_summary(d->doc, &summary);
  fprintf(to, "%s - %s\n", d->name, text_get(&summary));
  fprintf(to, "%s %s; %s; %s\n", d->id, d->version, d->vendor, d->licence);
  fprintf(to, "%s; %s, %s\n", d->categories, exec_name(d->exec),
          concurrency_name(d));
  if (*type->path) {
    fprintf(to, "%s\nsha256 %s\n", type->path, type->hash);
  }
  print_doc(d->doc, to);
  print_ports(d, RILL_IN, to);
  print_ports(d, RILL_OUT, to);
  fputs(d->n_params ? "\nparameters:\n" : "", to);
  for (uint32_t i = 0; i < d->n_params; ++i) {
    print_param(d->params[i], to);
  }
  const enum status st = summary.failed ? STATUS_NO_MEMORY : STATUS_OK;
  text_fini(&summary);
  return st;
}

static void
put_words(struct json* json, const char* key, struct text* words)
{
  json_put_text(json, key, text_get(words));
  json->text.failed |= words->failed;
  text_fini(words);
}

static void
put_port(struct json* json, const struct rill_node_desc* desc,
         const struct rill_port_desc* port)
{
  json_open_object(json, NULL);
  json_put_text(json, "symbol", port->symbol);
  json_put_uint(json, "id", port->id);
  json_put_text(json, "direction", port->direction == RILL_IN ? "in" : "out");
  json_put_text(json, "doc", port->doc);
  json_put_flag(json, "optional", (port->flags & RILL_PORT_OPTIONAL) != 0);
  json_put_flag(json, "multi", (port->flags & RILL_PORT_MULTI) != 0);
  json_put_flag(json, "aligned", (port->flags & RILL_PORT_ALIGNED) != 0);
  json_open_array(json, "formats");
  for (uint32_t i = 0; i < port->n_formats; ++i) {
    struct text words = { 0 };
    format_set_describe(desc, port->formats[i], &words);
    put_words(json, NULL, &words);
  }
  json_close(json);
  json_close(json);
}

static void
put_param(struct json* json, const struct rill_param_desc* p)
{
  struct text range = { 0 };
  char units[64] = "";
  param_range(p, &range);
  unit_list(p->unit, units, sizeof units);
  json_open_object(json, NULL);
  json_put_text(json, "symbol", p->symbol);
  json_put_text(json, "type", param_type_name(p));
  json_put_text(json, "unit", p->unit == RILL_UNIT_PATH ? "path" : units);
  if (p->min < p->max) {
    json_put_real(json, "min", p->min);
    json_put_real(json, "max", p->max);
  }
  put_words(json, "range", &range);
  json_put_text(json, "default", p->def);
  json_put_text(json, "example", p->example);
  json_put_flag(json, "required",
                !p->def || (p->flags & RILL_PARAM_REQUIRED) != 0);
  json_put_flag(json, "live", (p->flags & RILL_PARAM_LIVE) != 0);
  json_open_array(json, "names");
  for (uint32_t i = 0; i < p->n_names; ++i) {
    json_put_text(json, NULL, p->names[i]);
  }
  json_close(json);
  json_put_text(json, "doc", p->doc);
  json_close(json);
}

void
type_report_put(const struct type_report* type, struct json* json)
{
  const struct rill_node_desc* const d = type->desc;
  json_open_object(json, NULL);
  json_put_text(json, "name", d->name);
  json_put_text(json, "id", d->id);
  json_put_text(json, "version", d->version);
  json_put_text(json, "vendor", d->vendor);
  json_put_text(json, "licence", d->licence);
  json_put_text(json, "categories", d->categories);
  json_put_text(json, "doc", d->doc);
  json_put_text(json, "path", type->path);
  json_put_text(json, "sha256", type->hash);
  json_put_text(json, "exec", exec_name(d->exec));
  json_put_text(json, "concurrency", concurrency_name(d));
  json_put_uint(json, "state_version", d->state_version);
  json_open_array(json, "ports");
  for (uint32_t i = 0; i < d->n_ports; ++i) {
    put_port(json, d, d->ports[i]);
  }
  json_close(json);
  json_open_array(json, "params");
  for (uint32_t i = 0; i < d->n_params; ++i) {
    put_param(json, d->params[i]);
  }
  json_close(json);
  json_close(json);
}
