// SPDX-License-Identifier: ISC
#include "app/output.h"
#include "base/log.h"
#include "cli/topics.h"
#include "cli/usage.h"
#include "cli/verbs.h"

#include <harness/nearest.h>

enum { MAX_NAMES = 64 };

static const char*
nearest_topic(const char* name)
{
  const char* names[MAX_NAMES] = { NULL };
  for (uint32_t i = 0; i < n_topics && i < MAX_NAMES; ++i) {
    names[i] = topics[i].name;
  }
  const char* const near = rill_nearest(name, names, MAX_NAMES);
  return near ? near : verb_nearest(name);
}

static enum status
refuse(const char* name)
{
  const char* const near = nearest_topic(name);
  if (verb_is_later(name)) {
    log_error("help: '%s' is not in this version", name);
  } else if (near) {
    log_error("help: nothing is called '%s' (did you mean '%s'?)", name, near);
  } else {
    log_error("help: nothing is called '%s'; 'rill help' lists what there is",
              name);
  }
  return STATUS_USAGE;
}

enum status
verb_help(const struct args* args)
{
  if (!args->n_operands) {
    usage_verbs(output());
    return STATUS_OK;
  }
  const char* const name = args->operands[0];
  const struct verb* const verb = verb_find(name);
  const struct topic* const topic = topic_find(name);
  if (!verb && !topic) {
    return refuse(name);
  }
  if (topic) {
    topic->print(output());
  } else {
    usage_verb(verb, output());
  }
  if (topic && verb) {
    fprintf(output(), "\n'rill %s --help' explains the verb.\n", name);
  }
  return STATUS_OK;
}
