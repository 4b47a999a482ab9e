// SPDX-License-Identifier: ISC
#include "cli/graph_args.h"
#include "cli/verbs.h"

#include <string.h>

// The first choice is what the option means without a value.
static enum app_profile
read_profile(const struct arg* arg)
{
  return !arg->given                               ? APP_PROFILE_NONE
         : arg->text && !strcmp(arg->text, "json") ? APP_PROFILE_JSON
                                                   : APP_PROFILE_TABLE;
}

static enum progress_mode
read_progress(const struct arg* arg)
{
  return !arg->given                                ? PROGRESS_NONE
         : arg->text && !strcmp(arg->text, "json")  ? PROGRESS_JSON
         : arg->text && !strcmp(arg->text, "plain") ? PROGRESS_PLAIN
                                                    : PROGRESS_BAR;
}

enum status
verb_run(const struct args* args)
{
  struct app_options wanted;
  enum status st = graph_args(args, args->operands[0], &wanted);
  if (st) {
    return st;
  }
  wanted.dry_run = args_has(args, OPTION_DRY_RUN);
  wanted.profile = read_profile(&args->options[OPTION_PROFILE]);
  wanted.progress = read_progress(&args->options[OPTION_PROGRESS]);
  wanted.trace = args->options[OPTION_TRACE].text;
  wanted.timeout_s = args->options[OPTION_TIMEOUT].seconds;
  return app_run(&wanted);
}
