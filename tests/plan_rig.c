// SPDX-License-Identifier: ISC
#include "tests/plan_rig.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

void
rig_init(struct rig* rig)
{
  *rig = (struct rig){ .diags = diags_new(), .options = { .threads = 1 } };
  ck_assert_ptr_nonnull(rig->diags);
  ck_assert_int_eq(registry_new_empty(&rig->registry), STATUS_OK);
}

void
rig_add(struct rig* rig, const struct rill_node_desc* desc)
{
  ck_assert_int_eq(registry_add(rig->registry, desc), STATUS_OK);
}

static void
read_spec(struct rig* rig, const char* nodes)
{
  struct text text = { 0 };
  const char* const head = strstr(nodes, "nodes:") ? "" : "nodes:\n";
  text_add(&text, "rill: 1\n%s%s", head, nodes);
  rig->status = spec_parse("t.yaml", text_get(&text), text.n, NULL, 0,
                           rig->diags, &rig->spec);
  text_fini(&text);
}

void
rig_bind(struct rig* rig, const char* text)
{
  read_spec(rig, text);
  if (!rig->status) {
    rig->spec->allows = rig->allows;
    rig->status =
      graph_bind(rig->spec, rig->registry, rig->diags, &rig->graph);
  }
}

void
rig_plan(struct rig* rig, const char* text)
{
  rig_bind(rig, text);
  if (!rig->status) {
    rig->status = plan_make(rig->graph, rig->registry, &rig->options,
                            rig->diags, &rig->plan);
  }
}

static const struct diag*
first(const struct rig* rig, enum severity severity)
{
  for (uint32_t i = 0; i < diags_n(rig->diags); ++i) {
    const struct diag* const d = diags_get(rig->diags, i);
    if (d->severity == severity) {
      return d;
    }
  }
  return NULL;
}

const char*
rig_first(const struct rig* rig, enum severity severity)
{
  static char line[2048];
  const struct diag* const d = first(rig, severity);
  line[0] = '\0';
  if (d) {
    snprintf(line, sizeof line, "%s %u:%u %s", d->code, d->place.line,
             d->place.column, d->text);
  }
  return line;
}

const char*
rig_hint(const struct rig* rig)
{
  const struct diag* const error = first(rig, SEVERITY_ERROR);
  const struct diag* const d = error ? error : first(rig, SEVERITY_WARNING);
  return d && d->hint ? d->hint : "";
}

const struct plan_node*
rig_node(const struct rig* rig, const char* id)
{
  for (uint32_t i = 0; rig->plan && i < rig->plan->n_nodes; ++i) {
    if (!strcmp(rig->plan->nodes[i].id, id)) {
      return &rig->plan->nodes[i];
    }
  }
  ck_abort_msg("no node %s: %s", id, rig_first(rig, SEVERITY_ERROR));
  return NULL;
}

void
rig_fini(struct rig* rig)
{
  plan_free(rig->plan);
  graph_free(rig->graph);
  spec_free(rig->spec);
  registry_free(rig->registry);
  diags_free(rig->diags);
}
