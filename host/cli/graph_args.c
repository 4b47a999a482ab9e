// SPDX-License-Identifier: ISC
#include "cli/graph_args.h"

#include "base/log.h"
#include "cli/values.h"

#include <stdlib.h>

static enum status
read_threads(const struct args* args, uint32_t* out)
{
  const struct option* const option = &options[OPTION_THREADS];
  const char* const text = getenv("RILL_THREADS");
  if (args_has(args, OPTION_THREADS)) {
    *out = args->options[OPTION_THREADS].count;
    return STATUS_OK;
  }
  if (text && *text && !value_count(text, option->min, option->max, out)) {
    log_error("RILL_THREADS is '%s', not a whole number from %u to %u", text,
              option->min, option->max);
    return STATUS_USAGE;
  }
  return STATUS_OK;
}

enum status
graph_args(const struct args* args, const char* graph, struct app_options* out)
{
  *out = (struct app_options){ .graph = graph,
                               .settings = args->settings,
                               .n_settings = args->n_settings,
                               .block = args->options[OPTION_BLOCK].count,
                               .strict = args_has(args, OPTION_STRICT) };
  out->allows = (args_has(args, OPTION_ALLOW_EXEC) ? SPEC_ALLOW_EXEC : 0u) |
                (args_has(args, OPTION_ALLOW_PATH) ? SPEC_ALLOW_PATH : 0u);
  return read_threads(args, &out->threads);
}
