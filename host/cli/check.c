// SPDX-License-Identifier: ISC
#include "app/output.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/graph_args.h"
#include "cli/verbs.h"

// What was found out about one graph.
struct finding {
  enum status status;
  uint32_t n_nodes; // without the inserted ones
  uint32_t n_inserted;
};

// Several graphs, one answer.
struct checker {
  const struct args* args;
  struct registry* registry;
  struct finding* findings; // of each operand
  struct json json;         // empty unless asked for
};

static void
put_place(struct json* json, const struct place* place)
{
  json_put_text(json, "file", place->file);
  json_put_uint(json, "line", place->line);
  json_put_uint(json, "column", place->column);
  json_put_uint(json, "length", place->length);
}

static void
put_diag(struct json* json, const struct diag* diag)
{
  json_open_object(json, NULL);
  json_put_text(json, "code", diag->code);
  json_put_text(json, "severity", severity_name(diag->severity));
  put_place(json, &diag->place);
  json_put_text(json, "text", diag->text);
  json_put_text(json, "hint", diag->hint);
  if (diag->other.file) {
    json_open_object(json, "other");
    put_place(json, &diag->other);
    json_close(json);
  }
  json_close(json);
}

static struct finding
judge(enum status status, const struct plan* plan)
{
  struct finding f = { .status = status };
  for (uint32_t i = 0; plan && i < plan->n_nodes; ++i) {
    const int is_inserted = plan->nodes[i].origin == PLAN_CONVERTER;
    f.n_inserted += is_inserted;
    f.n_nodes += !is_inserted;
  }
  return f;
}

// "speech.yaml: ok (9 nodes, 2 inserted)"
static void
print_fine(const char* path, const struct finding* f)
{
  fprintf(output(), "%s: ok (%u node%s", path, f->n_nodes,
          f->n_nodes == 1 ? "" : "s");
  if (f->n_inserted) {
    fprintf(output(), ", %u inserted", f->n_inserted);
  }
  fputs(")\n", output());
}

static void
report(struct checker* c, const struct app* app, const struct finding* f)
{
  if (args_has(c->args, OPTION_JSON)) {
    for (uint32_t i = 0; app->diags && i < diags_n(app->diags); ++i) {
      put_diag(&c->json, diags_get(app->diags, i));
    }
    return;
  }
  app_print_diags(app);
  if (!f->status) {
    print_fine(app->path, f);
  }
}

static enum status
check_graph(struct checker* c, uint32_t index)
{
  struct app app = { 0 };
  struct app_options wanted;
  enum status st = graph_args(c->args, c->args->operands[index], &wanted);
  if (!st) {
    st = app_open(&wanted, c->registry, &app);
    c->findings[index] = judge(st, app.plan);
    report(c, &app, &c->findings[index]);
  }
  app_close(&app);
  return st;
}

static enum status
print_json(struct checker* c)
{
  struct json* const json = &c->json;
  json_close(json);
  json_open_array(json, "graphs");
  for (uint32_t i = 0; i < c->args->n_operands; ++i) {
    const struct finding* const f = &c->findings[i];
    json_open_object(json, NULL);
    json_put_text(json, "graph", c->args->operands[i]);
    json_put_text(json, "status", status_name(f->status));
    json_put_uint(json, "nodes", f->n_nodes);
    json_put_uint(json, "inserted", f->n_inserted);
    json_close(json);
  }
  return json_print(json, output());
}

static enum status
check_all(struct checker* c)
{
  enum status worst = STATUS_OK;
  const int is_json = args_has(c->args, OPTION_JSON);
  if (is_json) {
    json_begin(&c->json, "rill.check/1");
    json_open_array(&c->json, "diagnostics");
  }
  for (uint32_t i = 0; i < c->args->n_operands; ++i) {
    const enum status st = check_graph(c, i);
    worst = worst ? worst : st;
  }
  const enum status printed = is_json ? print_json(c) : STATUS_OK;
  return worst ? worst : printed;
}

enum status
verb_check(const struct args* args)
{
  struct checker c = { .args = args };
  enum status st = registry_new(NULL, &c.registry);
  c.findings = mem_new_array(struct finding, args->n_operands);
  if (!st) {
    st = c.findings ? check_all(&c) : STATUS_NO_MEMORY;
  }
  mem_free(c.findings);
  registry_free(c.registry);
  return st;
}
