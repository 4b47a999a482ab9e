// SPDX-License-Identifier: ISC
#include "cli/usage.h"

#include "base/text.h"
#include "cli/topics.h"
#include "cli/wrap.h"

enum { OPTION_COLUMN = 24, VERB_COLUMN = 12 };

// *left* in a column of its own, *right* wrapped beside or below it.
static void
print_entry(FILE* to, const char* left, const char* right, int column)
{
  const int n = fprintf(to, "  %s", left);
  if (n + 2 > column) {
    fprintf(to, "\n%*s", column, "");
  } else {
    fprintf(to, "%*s", column - n, "");
  }
  wrap_print(to, right, column, column);
}

void
usage_short(FILE* to)
{
  fputs("usage: rill VERB [OPTION]... [OPERAND]...\n"
        "\n"
        "  rill run GRAPH -i IN -o OUT   runs a graph over a file\n"
        "  rill check GRAPH              finds mistakes in a graph\n"
        "  rill list                     shows the node types\n"
        "  rill help                     lists all verbs and topics\n",
        to);
}

void
usage_verbs(FILE* to)
{
  fputs("rill - runs graphs of media nodes\n\n"
        "usage: rill VERB [OPTION]... [OPERAND]...\n\nverbs:\n", to);
  for (uint32_t i = 0; i < n_verbs; ++i) {
    print_entry(to, verbs[i].name, verbs[i].summary, VERB_COLUMN);
  }
  fputs("\ntopics of 'rill help':\n", to);
  for (uint32_t i = 0; i < n_topics; ++i) {
    print_entry(to, topics[i].name, topics[i].summary, VERB_COLUMN + 4);
  }
  fputs("\n'rill VERB --help' explains a verb. -q says errors only, -v says "
        "more.\n", to);
}

static void
print_option(FILE* to, const struct option* option)
{
  struct text left = { 0 };
  struct text right = { 0 };
  if (option->letter) {
    text_add(&left, "-%c, ", option->letter);
  }
  text_add(&left, "--%s", option->name);
  if (option->arg) {
    text_add(&left, option->optional ? "[=%s]" : " %s", option->arg);
  }
  text_add(&right, "%s", option->doc);
  if (option->def) {
    text_add(&right, " (default: %s)", option->def);
  }
  print_entry(to, text_get(&left), text_get(&right), OPTION_COLUMN);
  text_fini(&left);
  text_fini(&right);
}

static void
print_examples(FILE* to, const struct verb* verb)
{
  fputs("\nexamples:\n", to);
  for (int i = 0; i < VERB_EXAMPLES && verb->examples[i].line; ++i) {
    fprintf(to, "  %s\n      ", verb->examples[i].line);
    wrap_print(to, verb->examples[i].does, 6, 6);
  }
}

void
usage_verb(const struct verb* verb, FILE* to)
{
  fprintf(to, "rill %s - %s\n\nusage: rill %s [OPTION]...%s%s\n\n", verb->name,
          verb->summary, verb->name, *verb->operands ? " " : "",
          verb->operands);
  wrap_print(to, verb->doc, 0, 0);
  fputs("\noptions:\n", to);
  for (uint32_t i = 0; i < N_OPTIONS; ++i) {
    if (verb_has(verb, i) && options[i].type != OPTION_LATER) {
      print_option(to, &options[i]);
    }
  }
  print_examples(to, verb);
}
