// SPDX-License-Identifier: ISC
#include "cli/topics.h"

#include "base/status.h"
#include "cli/wrap.h"
#include "spec/codes.h"

#include <harness/unit.h>
#include <rill/value.h>

#include <string.h>

static void
print_exit_codes(FILE* to)
{
  fputs("The exit code of every verb:\n\n", to);
  for (int i = 0; i < N_STATUS; ++i) {
    const enum status status = (enum status)i;
    if (status != STATUS_NO_MEMORY) { // shares its code with INTERNAL
      fprintf(to, "  %3d  %s\n", status_exit_code(status), status_text(status));
    }
  }
  fputs("\nWith 3 and below no output file was touched. Otherwise an output is "
        "either whole\nand has its name, or it is not there: never half.\n",
        to);
}

static const struct {
  const char* name;
  const char* doc;
} variables[] = {
  { "RILL_PLUGIN_PATH", "folders with plugins, separated by ':', searched "
                        "before the standard ones" },
  { "RILL_GRAPH_PATH", "folders with graphs, separated by ':', searched for a "
                       "GRAPH without '/' that is not in the current folder; "
                       "'.yaml' may be left out" },
  { "RILL_THREADS", "workers that compute, as --threads" },
  { "RILL_LOG", "how much is said: error, warning, info (default), debug" },
  { "RILL_CACHE_DIR", "where descriptions of plugins are kept (default: "
                      "$XDG_CACHE_HOME/rill, or ~/.cache/rill)" },
  { "RILL_RUNTIME_DIR", "where private copies of plugins live while they are "
                        "loaded (default: $XDG_RUNTIME_DIR/rill)" },
  { "NO_COLOR", "when set and not empty: no colours" },
};

static void
print_environment(FILE* to)
{
  fputs("A flag beats the environment, which beats the graph, which beats the "
        "default.\n\n",
        to);
  for (size_t i = 0; i < sizeof variables / sizeof variables[0]; ++i) {
    fprintf(to, "  %-18s", variables[i].name);
    wrap_print(to, variables[i].doc, 20, 20);
  }
}

static const char graph_text[] =
  "A graph is a YAML file: nodes, and for each node what it reads.\n"
  "\n"
  "  rill: 1                  # version of the format, the first key\n"
  "  name: louder\n"
  "  vars:\n"
  "    input: {type: path, required: true}\n"
  "    output: {type: path, required: true}\n"
  "    gain: {default: 6dB, help: how much louder}\n"
  "  nodes:\n"
  "    src: {type: file.read, with: {path: $(input)}}\n"
  "    up:  {type: gain, in: src, with: {gain: $(gain)}}\n"
  "    dst: {type: file.write, in: up, with: {path: $(output)}}\n"
  "\n"
  "nodes  The key is the node's id: letters, digits, '-' and '_', 1 to 64.\n"
  "type   A node type: 'rill list' shows them, 'rill inspect TYPE' explains "
  "one.\n"
  "with   Its parameters. Units are understood: see 'rill help units'.\n"
  "in     What it reads: 'in: a' (the first output of a), 'in: a.port',\n"
  "       'in: {port: a, other: b.port}', 'in: [a, b]' for a port that takes\n"
  "       several. An output may be read by any number of nodes.\n"
  "vars   Values from outside: --set NAME=VALUE, -i for input, -o for output.\n"
  "       $(name), $(name:-default) and $(env:NAME) stand for values; $$( is "
  "a\n       plain $(.\n"
  "convert: auto      puts converters between nodes whose formats differ.\n"
  "convert: explicit  makes each such place an error with the line to write.\n"
  "run    {block: FRAMES, threads: N}\n"
  "include: [FILE]    adds vars, templates and nodes of files below its folder.\n"
  "templates:         nodes written once and used under several ids:\n"
  "\n"
  "  templates:\n"
  "    louder:\n"
  "      params: {by: 6dB}\n"
  "      in: {audio: up}\n"
  "      out: {audio: up}\n"
  "      nodes:\n"
  "        up: {type: gain, with: {gain: $(by)}}\n"
  "  nodes:\n"
  "    left: {template: louder, in: src, with: {by: 3dB}}   # is left/up\n"
  "\n"
  "\n"
  "'rill check' finds mistakes, 'rill plan' shows what will run.\n";

static void
print_graph(FILE* to)
{
  fputs(graph_text, to);
}

static void
print_units(FILE* to)
{
  static const struct {
    uint32_t unit;
    const char* of;
    const char* example;
    const char* bare;
  } rows[] = {
    { RILL_UNIT_HZ, "frequency, rate", "16kHz", "Hz" },
    { RILL_UNIT_S, "time", "20ms", "seconds" },
    { RILL_UNIT_DB, "level", "-6dB", "dB" },
    { RILL_UNIT_BYTES, "size", "64KiB", "bytes" },
    { RILL_UNIT_RATIO, "ratio", "50%", "1 is 100%" },
  };
  fputs("A number may carry a unit, with no space between.\n\n"
        "                   example  bare number  units\n",
        to);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    char list[64];
    unit_list(rows[i].unit, list, sizeof list);
    fprintf(to, "  %-15s  %-7s  %-11s  %s\n", rows[i].of, rows[i].example,
            rows[i].bare, list);
  }
  fputs("\nNumbers are decimal with a point in any locale: 0.5, -6, 1e-3. "
        "Refused, because\ntwo readers could understand them differently: "
        "010, 0x10, '0,5', .5\n",
        to);
}

static void
print_diagnostics(FILE* to)
{
  fputs("What is wrong with a graph is said with place, cause and cure:\n\n"
        "  prep.yaml:14:31: error[G021]: node 'den' reads unknown node 'rsm'\n"
        "    14 |   den:  {type: json.exec, in: rsm}\n"
        "       |                               ^^^ did you mean 'rs'?\n\n"
        "The code in brackets never changes its meaning. 'rill check --json' "
        "gives all\nof it to programs.\n\n",
        to);
  for (unsigned i = 0; code_at(i); ++i) {
    fprintf(to, "  %s  ", code_at(i)->number);
    wrap_print(to, code_at(i)->meaning, 8, 8);
  }
}

const struct topic topics[] = {
  { "diagnostics", "how mistakes in a graph are reported", print_diagnostics },
  { "environment", "variables that rill reads", print_environment },
  { "exit-codes", "what the exit code says", print_exit_codes },
  { "graph", "the graph file", print_graph },
  { "units", "how numbers are written", print_units },
};

const uint32_t n_topics = sizeof topics / sizeof topics[0];

const struct topic*
topic_find(const char* name)
{
  for (uint32_t i = 0; i < n_topics; ++i) {
    if (!strcmp(topics[i].name, name)) {
      return &topics[i];
    }
  }
  return NULL;
}
