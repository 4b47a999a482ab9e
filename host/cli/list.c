// SPDX-License-Identifier: ISC
#include "config.h" // strcasestr

#include "app/output.h"
#include "base/json.h"
#include "base/log.h"
#include "cli/verbs.h"
#include "load/registry.h"
#include "report/table.h"
#include "report/type_report.h"

#include <string.h>

// A type is shown when each word occurs in its name, categories or doc.
static int
is_wanted(const struct rill_node_desc* desc, const struct args* args)
{
  for (uint32_t i = 0; i < args->n_operands; ++i) {
    const char* const word = args->operands[i];
    if (!strcasestr(desc->name, word) && !strcasestr(desc->categories, word) &&
        !strcasestr(desc->doc, word)) {
      return 0;
    }
  }
  return 1;
}

static enum status
print_table(struct registry* registry, const struct args* args)
{
  struct table table;
  uint32_t n_shown = 0;
  table_begin(&table, "type|what it does|categories");
  for (uint32_t i = 0; i < registry_n(registry); ++i) {
    const struct node_type* const type = registry_get(registry, i);
    const struct rill_node_desc* const d = type ? type->desc : NULL;
    struct text summary = { 0 };
    if (d && is_wanted(d, args)) {
      doc_summary(d->doc, &summary);
      table_add(&table, "%s", d->name);
      table_add(&table, "%s", text_get(&summary));
      table_add(&table, "%s", d->categories);
      text_fini(&summary);
      ++n_shown;
    }
  }
  if (!n_shown) {
    text_fini(&table.cells);
    log_info("list: no node type of %u fits", registry_n(registry));
    return STATUS_OK;
  }
  return table_print(&table, 0, output());
}

static enum status
print_json(struct registry* registry, const struct args* args)
{
  struct json json = { 0 };
  json_begin(&json, "rill.list/1");
  json_open_array(&json, "types");
  for (uint32_t i = 0; i < registry_n(registry); ++i) {
    const struct node_type* const type = registry_get(registry, i);
    if (type && is_wanted(type->desc, args)) {
      const struct type_report report = { type->desc, type->path, type->hash };
      type_report_put(&report, &json);
    }
  }
  json_close(&json);
  json_open_array(&json, "failures");
  for (uint32_t i = 0; i < registry_n_failures(registry); ++i) {
    const struct registry_failure* const f = registry_get_failure(registry, i);
    json_open_object(&json, NULL);
    json_put_text(&json, "path", f->path);
    json_put_text(&json, "reason", f->reason);
    json_close(&json);
  }
  return json_print(&json, output());
}

enum status
verb_list(const struct args* args)
{
  struct registry* registry = NULL;
  enum status st = registry_new(NULL, &registry);
  if (!st) {
    st = args_has(args, OPTION_JSON) ? print_json(registry, args)
                                     : print_table(registry, args);
    st = st ? st : registry_status(registry);
    if (registry_n_failures(registry)) {
      log_warning("%u plugin file%s did not load; 'rill doctor' says why",
                  registry_n_failures(registry),
                  registry_n_failures(registry) == 1 ? "" : "s");
    }
  }
  registry_free(registry);
  return st;
}
