// SPDX-License-Identifier: ISC
#include "app/output.h"
#include "base/json_read.h"
#include "base/log.h"
#include "cli/graph_args.h"
#include "cli/verbs.h"
#include "report/picture.h"

#include <errno.h>
#include <string.h>

static enum status
read_file(const char* path, struct text* out)
{
  char bytes[4096];
  size_t n;
  FILE* const file = fopen(path, "re");
  if (!file) {
    log_error("%s: %s", path, strerror(errno));
    return STATUS_BAD_INPUT;
  }
  while ((n = fread(bytes, 1, sizeof bytes, file)) > 0) {
    text_add_bytes(out, bytes, n);
  }
  const int failed = ferror(file);
  fclose(file);
  if (failed) {
    log_error("%s: cannot be read", path);
  }
  return failed ? STATUS_BAD_INPUT : out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status
read_profile(const char* path, struct json_value** out)
{
  struct text text = { 0 };
  char error[256] = "";
  enum status st = read_file(path, &text);
  if (!st && (st = json_read(text_get(&text), text.n, out, error,
                             sizeof error))) {
    log_error("%s: %s", path, error);
  }
  text_fini(&text);
  const char* const schema = st ? NULL : json_find_text(*out, "schema");
  if (!st && (!schema || strcmp(schema, "rill.profile/1") != 0)) {
    log_error("%s: not a profile; 'rill run --profile=json' writes one", path);
    return STATUS_BAD_INPUT;
  }
  return st;
}

static enum status
draw(const struct args* args, const struct plan* plan,
     const struct json_value* profile)
{
  struct picture_costs costs = { 0 };
  const char* const format = args->options[OPTION_FORMAT].text;
  enum status st = picture_costs_read(plan, profile, &costs);
  if (!st) {
    st = !format || !strcmp(format, "dot")
           ? picture_dot(plan, &costs, output())
         : !strcmp(format, "svg") ? picture_svg(plan, &costs, output())
                                  : picture_mermaid(plan, &costs, output());
  }
  picture_costs_fini(&costs);
  return st;
}

enum status
verb_graph(const struct args* args)
{
  struct registry* registry = NULL;
  struct json_value* profile = NULL;
  struct app app = { 0 };
  struct app_options wanted;
  const char* const costs = args->options[OPTION_COST].text;
  enum status st = graph_args(args, args->operands[0], &wanted);
  if (!st && costs) {
    st = read_profile(costs, &profile);
  }
  if (!st && !(st = registry_new(NULL, &registry))) {
    st = app_open(&wanted, registry, &app);
    app_print_diags(&app);
  }
  if (!st) {
    st = draw(args, app.plan, profile);
  }
  app_close(&app);
  registry_free(registry);
  json_drop(profile);
  return st;
}
