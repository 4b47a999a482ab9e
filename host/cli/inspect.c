// SPDX-License-Identifier: ISC
#include "app/output.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/verbs.h"
#include "load/plugin.h"
#include "load/registry.h"
#include "report/type_report.h"

#include <string.h>

static enum status
show(const struct type_report* types, uint32_t n_types,
     const struct args* args)
{
  struct json json = { 0 };
  enum status st = STATUS_OK;
  if (!args_has(args, OPTION_JSON)) {
    for (uint32_t i = 0; i < n_types && !st; ++i) {
      fputs(i ? "\n\n" : "", output());
      st = type_report_print(&types[i], output());
    }
    return st;
  }
  json_begin(&json, "rill.inspect/1");
  json_open_array(&json, "types");
  for (uint32_t i = 0; i < n_types; ++i) {
    type_report_put(&types[i], &json);
  }
  return json_print(&json, output());
}

static enum status
refuse(struct registry* registry, const char* name)
{
  const char* const near = registry_suggest(registry, name);
  if (near) {
    log_error("inspect: no node type '%s' (did you mean '%s'?)", name, near);
  } else {
    log_error("inspect: no node type '%s'; 'rill list' shows all %u", name,
              registry_n(registry));
  }
  for (uint32_t i = 0; i < registry_n_failures(registry); ++i) {
    const struct registry_failure* const f = registry_get_failure(registry, i);
    log_info("%s did not load: %s", f->path, f->reason);
  }
  return STATUS_BAD_PLUGIN;
}

static enum status
inspect_type(const char* name, const struct args* args)
{
  struct registry* registry = NULL;
  enum status st = registry_new(NULL, &registry);
  if (!st) {
    const struct node_type* const type = registry_find(registry, name);
    if (type) {
      const struct type_report r = { type->desc, type->path, type->hash };
      st = show(&r, 1, args);
    } else {
      st = registry_status(registry);
      st = st ? st : refuse(registry, name);
    }
  }
  registry_free(registry);
  return st;
}

static void
warn(const char* path, const struct report* report)
{
  if (*report->warning) {
    log_warning("%s: %s", path, report->warning);
  }
  if (*report->pinned) {
    log_info("%s: its code stays loaded: %s", path, report->pinned);
  }
}

static enum status
show_report(const char* path, const struct report* report,
            const struct args* args)
{
  if (report->status) {
    log_error("%s: %s", path, report->reason);
    return report->status;
  }
  struct type_report* const types =
    mem_new_array(struct type_report, report->n_types);
  if (!types) {
    return STATUS_NO_MEMORY;
  }
  warn(path, report);
  for (uint32_t i = 0; i < report->n_types; ++i) {
    types[i] =
      (struct type_report){ report->types[i].desc, path, report->hash };
  }
  const enum status st = show(types, report->n_types, args);
  mem_free(types);
  return st;
}

static enum status
inspect_file(const char* path, const struct args* args)
{
  struct plugin* plugin = NULL;
  enum status st = registry_inspect_file(path, &plugin);
  if (!st) {
    st = show_report(path, &plugin->report, args);
    plugin_free(plugin);
  }
  return st;
}

// A file has a '/' in its name or ends in .so; types have neither.
static int
is_file(const char* name)
{
  const size_t n = strlen(name);
  return strchr(name, '/') || (n > 3 && !strcmp(name + n - 3, ".so"));
}

enum status
verb_inspect(const struct args* args)
{
  const char* const name = args->operands[0];
  return is_file(name) ? inspect_file(name, args) : inspect_type(name, args);
}
