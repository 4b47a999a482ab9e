// SPDX-License-Identifier: ISC
#include "cli/verbs.h"

#include <harness/nearest.h>

#include <string.h>

#define BIT(id) (1u << (OPTION_##id))
#define TALK (BIT(QUIET) | BIT(VERBOSE) | BIT(HELP))
#define VARIABLES (BIT(INPUT) | BIT(OUTPUT) | BIT(SET))
#define ALLOW (BIT(ALLOW_EXEC) | BIT(ALLOW_PATH))
#define FOR_EVER UINT32_MAX

const struct verb verbs[] = {
  { .name = "run",
    .operands = "GRAPH",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "run a graph",
    .doc = "Reads GRAPH (a file, '-' for stdin, or a name in a folder of "
           "RILL_GRAPH_PATH), checks all of it, and runs it to the end of its "
           "inputs. Outputs appear under their names when they are whole.\n"
           "Ctrl-C finishes what was read and ends; a second one ends at once "
           "and writes nothing.",
    .options = TALK | VARIABLES | ALLOW | BIT(THREADS) | BIT(BLOCK) |
               BIT(PROFILE) | BIT(TRACE) | BIT(PROGRESS) | BIT(DRY_RUN) |
               BIT(STRICT) | BIT(TIMEOUT) | BIT(REALTIME) | BIT(WATCH) |
               BIT(CONTROL),
    .examples = { { "rill run prepare.yaml -i talk.flac -o talk.wav",
                    "one file through a graph" },
                  { "rill run prepare.yaml -i talk.flac -o talk.wav "
                    "--profile --set rate=8kHz",
                    "with another value, and a table of where the time went" },
                  { "rill run pipe.yaml < in.raw > out.raw",
                    "a graph that reads stdin and writes stdout" } },
    .run = verb_run },
  { .name = "check",
    .operands = "GRAPH...",
    .min_operands = 1,
    .max_operands = FOR_EVER,
    .summary = "find mistakes in graphs",
    .doc = "Does everything that a run does before its first block, and says "
           "all that is wrong, with place and cure. Nothing is written.",
    .options = TALK | VARIABLES | ALLOW | BIT(STRICT) | BIT(JSON),
    .examples = { { "rill check *.yaml -i in.wav -o out.wav",
                    "many graphs, with their variables set" },
                  { "rill check --json - < new.yaml",
                    "a text from an editor, for a program" } },
    .run = verb_check },
  { .name = "plan",
    .operands = "GRAPH",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "show what will run",
    .doc = "Prints the nodes in their order with formats, inserted "
           "converters, queues, latency, memory and plugin files.",
    .options = TALK | VARIABLES | ALLOW | BIT(THREADS) | BIT(BLOCK) |
               BIT(STRICT) | BIT(JSON) | BIT(YAML),
    .examples = { { "rill plan prepare.yaml -i talk.flac -o talk.wav",
                    "for people" },
                  { "rill plan prepare.yaml -i a.flac -o a.wav --yaml > "
                    "exact.yaml",
                    "a graph with nothing left to be chosen" } },
    .run = verb_plan },
  { .name = "graph",
    .operands = "GRAPH",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "draw a graph",
    .doc = "Prints a picture of the nodes and of the formats between them on "
           "stdout. Inserted converters are dashed.",
    .options = TALK | VARIABLES | ALLOW | BIT(FORMAT) | BIT(COST),
    .examples = { { "rill graph s.yaml -i a.flac -o . --format svg > s.svg",
                    "a picture for a browser" },
                  { "rill graph s.yaml -i a.flac -o . --profile p.json | "
                    "dot -Tpng > s.png",
                    "coloured by cost, through Graphviz" } },
    .run = verb_graph },
  { .name = "list",
    .operands = "[WORD]...",
    .max_operands = FOR_EVER,
    .summary = "show the node types",
    .doc = "Lists the types of nodes that plugins offer, all or those with "
           "every WORD in their name, description or categories. No plugin "
           "code runs: descriptions come from the cache or from a process of "
           "their own.",
    .options = TALK | BIT(JSON),
    .examples = { { "rill list", "all types" },
                  { "rill list speech", "types that have to do with speech" } },
    .run = verb_list },
  { .name = "inspect",
    .operands = "TYPE|FILE.so",
    .min_operands = 1,
    .max_operands = 1,
    .summary = "explain a node type or a plugin file",
    .doc = "Prints ports with the formats they take, and parameters with "
           "unit, range, default and example. For a plugin file it also says "
           "why it cannot be loaded, if so.",
    .options = TALK | BIT(JSON),
    .examples = { { "rill inspect gain", "ports and parameters of 'gain'" },
                  { "rill inspect ./mine.so",
                    "what is in a file, or what is wrong with it" } },
    .run = verb_inspect },
  { .name = "bench",
    .operands = "[NAME]",
    .max_operands = 1,
    .summary = "measure rill on this machine",
    .doc = "Runs the measurement NAME and prints it with the machine that it "
           "ran on. Without NAME lists the measurements.\n"
           "What is compared takes turns, so that only ratios within one run "
           "count. Nothing else should run meanwhile.",
    .options = TALK | BIT(JSON) | BIT(TURNS) | BIT(QUICK) |
               BIT(SVG),
    .examples = { { "rill bench seed",
                    "the table that rill began with, beside today's figures" },
                  { "rill bench seed --svg seed.svg", "and a picture of it" },
                  { "rill bench seed --json > seed.json", "for programs" } },
    .run = verb_bench },
  { .name = "doctor",
    .operands = "",
    .summary = "report on this machine and installation",
    .doc = "Checks what rill needs: folders that it writes to, plugins and "
           "why some did not load, processors, limits. The exit code is 4 "
           "when something failed.",
    .options = TALK | BIT(JSON),
    .examples = { { "rill doctor", "for people" },
                  { "rill doctor --json", "to paste into a report" } },
    .run = verb_doctor },
  { .name = "help",
    .operands = "[VERB|TOPIC]",
    .max_operands = 1,
    .summary = "explain a verb or a topic",
    .doc = "Without an operand lists the verbs and the topics. Topics are: "
           "diagnostics, environment, exit-codes, graph, units.",
    .options = TALK,
    .examples = { { "rill help run", "all options of 'run'" },
                  { "rill help exit-codes", "what the exit code says" } },
    .run = verb_help },
  { .name = "version",
    .operands = "",
    .summary = "print the version",
    .doc = "Prints the version of the program and of the plugin ABI that it "
           "offers.",
    .options = TALK | BIT(JSON),
    .examples = { { "rill version", "for people" },
                  { "rill version --json", "for programs, with the compiler "
                                           "and the folders of the build" } },
    .run = verb_version },
};

const uint32_t n_verbs = sizeof verbs / sizeof verbs[0];

static const char* const later[] = { "batch", "new",  "ctl",       "validate",
                                     "test", "completion" };

enum { N_LATER = sizeof later / sizeof later[0], MAX_NAMES = 64 };

const struct verb*
verb_find(const char* name)
{
  for (uint32_t i = 0; i < n_verbs; ++i) {
    if (!strcmp(verbs[i].name, name)) {
      return &verbs[i];
    }
  }
  return NULL;
}

int
verb_is_later(const char* name)
{
  for (uint32_t i = 0; i < N_LATER; ++i) {
    if (!strcmp(later[i], name)) {
      return 1;
    }
  }
  return 0;
}

const char*
verb_nearest(const char* name)
{
  const char* names[MAX_NAMES] = { NULL };
  for (uint32_t i = 0; i < n_verbs && i < MAX_NAMES; ++i) {
    names[i] = verbs[i].name;
    if (name[0] && !strncmp(name, names[i], strlen(name))) {
      return names[i]; // an abbreviation
    }
  }
  return rill_nearest(name, names, MAX_NAMES);
}

const char*
option_nearest(const struct verb* verb, const char* name)
{
  const char* names[N_OPTIONS] = { NULL };
  for (uint32_t i = 0; i < N_OPTIONS; ++i) {
    if (verb_has(verb, i) && options[i].type != OPTION_LATER) {
      names[i] = options[i].name;
    }
  }
  return rill_nearest(name, names, N_OPTIONS);
}
