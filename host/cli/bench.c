// SPDX-License-Identifier: ISC
#include "bench/bench.h"

#include "app/output.h"
#include "base/log.h"
#include "cli/verbs.h"
#include "report/table.h"

#include <errno.h>
#include <string.h>

static enum status
refuse(const char* name)
{
  const char* const near = bench_nearest(name);
  if (near) {
    log_error("bench: nothing is called '%s' (did you mean '%s'?)", name, near);
  } else {
    log_error("bench: nothing is called '%s'; 'rill bench' lists what there is",
              name);
  }
  return STATUS_USAGE;
}

static enum status
list(void)
{
  struct table table;
  table_begin(&table, "bench|what it measures");
  for (uint32_t i = 0; i < n_benches; ++i) {
    table_add(&table, "%s", benches[i].name);
    table_add(&table, "%s", benches[i].summary);
  }
  return table_print(&table, 0, output());
}

static enum status
print(const struct bench* bench, const struct bench_rows* rows,
      const struct args* args)
{
  return args_has(args, OPTION_JSON) ? bench_print_json(rows, output())
         : bench->print              ? bench->print(rows, output())
                                     : bench_print_rows(rows, output());
}

// The file is opened before anything is measured, which takes a while.
static enum status
open_picture(const struct bench* bench, const char* path, FILE** out)
{
  if (path && !bench->draw) {
    log_error("bench: '%s' has no picture; leave --svg out", bench->name);
    return STATUS_USAGE;
  }
  if (path && !(*out = fopen(path, "we"))) {
    log_error("%s: %s", path, strerror(errno));
    return STATUS_BAD_OUTPUT;
  }
  return STATUS_OK;
}

static enum status
draw(const struct bench* bench, const struct bench_rows* rows, const char* path,
     FILE* to)
{
  enum status st = to && rows ? bench->draw(rows, to) : STATUS_OK;
  if (to && fclose(to) && !st) {
    log_error("%s: %s", path, strerror(errno));
    st = STATUS_BAD_OUTPUT;
  }
  return st;
}

static enum status
measure(const struct bench* bench, const struct args* args, FILE* picture)
{
  const struct bench_options wanted = {
    .n_turns = args->options[OPTION_TURNS].count,
    .quick = args_has(args, OPTION_QUICK),
  };
  struct bench_rows rows = { .bench = bench->name };
  machine_learn(&rows.machine);
  enum status st = bench->run(&wanted, &rows);
  if (!st) {
    st = print(bench, &rows, args);
  }
  const enum status drawn =
    draw(bench, st ? NULL : &rows, args->options[OPTION_SVG].text, picture);
  bench_rows_fini(&rows);
  return st ? st : drawn;
}

enum status
verb_bench(const struct args* args)
{
  if (!args->n_operands) {
    return list();
  }
  const struct bench* const bench = bench_find(args->operands[0]);
  if (!bench) {
    return refuse(args->operands[0]);
  }
  const char* const path = args->options[OPTION_SVG].text;
  FILE* picture = NULL;
  const enum status st = open_picture(bench, path, &picture);
  return st ? st : measure(bench, args, picture);
}
