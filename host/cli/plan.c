// SPDX-License-Identifier: ISC
#include "app/output.h"
#include "base/log.h"
#include "cli/graph_args.h"
#include "cli/verbs.h"
#include "report/plan_report.h"

static enum status
print(const struct args* args, const struct app* app)
{
  if (args_has(args, OPTION_JSON)) {
    return plan_print_json(app->plan, output());
  }
  if (args_has(args, OPTION_YAML)) {
    return plan_print_yaml(app->plan, output());
  }
  return app_print_plan(app);
}

enum status
verb_plan(const struct args* args)
{
  struct registry* registry = NULL;
  struct app app = { 0 };
  struct app_options wanted;
  enum status st = graph_args(args, args->operands[0], &wanted);
  if (st) {
    return st;
  }
  if (args_has(args, OPTION_JSON) && args_has(args, OPTION_YAML)) {
    log_error("plan: --json or --yaml, not both");
    return STATUS_USAGE;
  }
  if (!(st = registry_new(NULL, &registry))) {
    st = app_open(&wanted, registry, &app);
    app_print_diags(&app);
  }
  if (!st) {
    st = print(args, &app);
  }
  app_close(&app);
  registry_free(registry);
  return st;
}
