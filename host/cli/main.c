// SPDX-License-Identifier: ISC
// The program `rill`: words in, exit code out.
#include "app/output.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/args_read.h"
#include "cli/usage.h"
#include "cli/verbs.h"
#include "load/scan.h"

#include <stdlib.h>

enum { PROBLEM_BYTES = 512 };

static void
set_log_level(const struct args* args)
{
  const char* const text = getenv("RILL_LOG");
  const int level = text && *text ? log_level_from_text(text) : LOG_INFO;
  if (level < 0) {
    log_warning("RILL_LOG is '%s', not one of error, warning, info, debug",
                text);
  } else {
    log_set_level((enum log_level)level);
  }
  if (args_has(args, OPTION_VERBOSE)) {
    log_set_level(LOG_DEBUG);
  }
  if (args_has(args, OPTION_QUIET)) {
    log_set_level(LOG_ERROR);
  }
}

static enum status
complain(const struct args* args, enum status status, const char* problem)
{
  if (args->verb) {
    log_error("%s: %s", args->verb->name, problem);
    log_info("'rill %s --help' explains it", args->verb->name);
  } else {
    log_error("%s", problem);
    log_info("'rill help' lists the verbs");
  }
  return status;
}

static enum status
run_verb(const struct args* args)
{
  if (args_has(args, OPTION_HELP)) {
    if (args->verb) {
      usage_verb(args->verb, output());
    } else {
      usage_verbs(output());
    }
    return STATUS_OK;
  }
  if (args_has(args, OPTION_VERSION)) {
    return verb_version(args);
  }
  if (!args->verb) {
    usage_short(stderr);
    return STATUS_USAGE;
  }
  return args->verb->run(args);
}

int
main(int argc, char** argv)
{
  struct args args = { 0 };
  char problem[PROBLEM_BYTES] = "";
  mem_keep_freed();
  const int scanned = scan_main(argc, argv);
  if (scanned >= 0) {
    return scanned;
  }
  enum status st = output_open();
  if (!st) {
    st = args_read(argc, argv, &args, problem, sizeof problem);
    set_log_level(&args);
    st = st ? complain(&args, st, problem) : run_verb(&args);
  }
  args_fini(&args);
  return status_exit_code(output_close(st));
}
