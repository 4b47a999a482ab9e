// SPDX-License-Identifier: ISC
#include "cli/options.h"

const struct option options[N_OPTIONS] = {
  [OPTION_INPUT] = {
    .letter = 'i', .name = "input", .arg = "FILE", .type = OPTION_VARIABLE,
    .doc = "sets the variable 'input', as --set input=FILE" },
  [OPTION_OUTPUT] = {
    .letter = 'o', .name = "output", .arg = "FILE", .type = OPTION_VARIABLE,
    .doc = "sets the variable 'output', as --set output=FILE" },
  [OPTION_SET] = {
    .name = "set", .arg = "NAME=VALUE", .type = OPTION_SETTING,
    .doc = "sets a variable of the graph; may be given again" },
  [OPTION_THREADS] = {
    .name = "threads", .arg = "N", .type = OPTION_COUNT, .min = 1, .max = 1024,
    .doc = "workers that compute; the result is the same for any number",
    .def = "RILL_THREADS, the graph's, or one a processor" },
  [OPTION_BLOCK] = {
    .name = "block", .arg = "FRAMES", .type = OPTION_COUNT, .min = 1,
    .max = 65536, .doc = "frames that a source is asked for at a time",
    .def = "the graph's, or 4096" },
  [OPTION_PROFILE] = {
    .name = "profile", .arg = "HOW", .type = OPTION_CHOICE, .optional = 1,
    .choices = "table json",
    .doc = "measures every call and says at the end where the time went: a "
           "'table' on stderr, or 'json' on stdout" },
  [OPTION_TRACE] = {
    .name = "trace", .arg = "FILE", .type = OPTION_TEXT,
    .doc = "writes every call with its thread to FILE, in the JSON that "
           "chrome://tracing and Perfetto read" },
  [OPTION_PROGRESS] = {
    .name = "progress", .arg = "HOW", .type = OPTION_CHOICE, .optional = 1,
    .choices = "bar plain json",
    .doc = "shows on stderr how far the run is: a 'bar' (on a terminal), "
           "'plain' lines, or a line of 'json' at a time" },
  [OPTION_DRY_RUN] = {
    .name = "dry-run", .type = OPTION_FLAG,
    .doc = "does everything up to the first block, prints the plan and stops; "
           "no file is written" },
  [OPTION_STRICT] = {
    .name = "strict", .type = OPTION_FLAG,
    .doc = "takes warnings as errors" },
  [OPTION_ALLOW_EXEC] = {
    .name = "allow-exec", .type = OPTION_FLAG,
    .doc = "lets the graph run programs ('command' of json.exec): a graph that "
           "may is code, as dangerous as a shell script" },
  [OPTION_ALLOW_PATH] = {
    .name = "allow-path", .type = OPTION_FLAG,
    .doc = "lets the graph load code by a path ('library' of json.lib), not "
           "only by name from the folders for it" },
  [OPTION_TIMEOUT] = {
    .name = "timeout", .arg = "TIME", .type = OPTION_SECONDS,
    .doc = "stops the run after TIME (90s, 5min) with exit code 9; unfinished "
           "outputs are not written" },
  [OPTION_REALTIME] = {
    .name = "realtime", .type = OPTION_LATER },
  [OPTION_WATCH] = {
    .name = "watch", .type = OPTION_LATER },
  [OPTION_CONTROL] = {
    .name = "control", .arg = "PATH", .type = OPTION_LATER },
  [OPTION_FORMAT] = {
    .name = "format", .arg = "FORMAT", .type = OPTION_CHOICE,
    .choices = "dot svg mermaid",
    .doc = "'dot' for Graphviz, 'svg' for a browser, 'mermaid' for Markdown",
    .def = "dot" },
  [OPTION_COST] = {
    .name = "profile", .arg = "FILE", .type = OPTION_TEXT,
    .doc = "colours each node by its share of the time in FILE, which "
           "'rill run --profile=json' wrote" },
  [OPTION_YAML] = {
    .name = "yaml", .type = OPTION_FLAG,
    .doc = "prints a graph file that runs to the same bytes, with all "
           "converters and parameters written out" },
  [OPTION_TURNS] = {
    .name = "turns", .arg = "N", .type = OPTION_COUNT, .min = 1, .max = 1000,
    .doc = "measures each thing N times; what is shown is the median",
    .def = "what the bench thinks right" },
  [OPTION_QUICK] = {
    .name = "quick", .type = OPTION_FLAG,
    .doc = "small sizes and few turns: shows that it works, not how fast" },
  [OPTION_SVG] = {
    .name = "svg", .arg = "FILE", .type = OPTION_TEXT,
    .doc = "also writes a bar chart to FILE, where the bench has one" },
  [OPTION_JSON] = {
    .name = "json", .type = OPTION_FLAG, .doc = "prints JSON for programs" },
  [OPTION_QUIET] = {
    .letter = 'q', .name = "quiet", .type = OPTION_FLAG,
    .doc = "says errors only" },
  [OPTION_VERBOSE] = {
    .letter = 'v', .name = "verbose", .type = OPTION_FLAG,
    .doc = "says what is done and why" },
  [OPTION_HELP] = {
    .letter = 'h', .name = "help", .type = OPTION_FLAG,
    .doc = "prints this page" },
  [OPTION_VERSION] = {
    .name = "version", .type = OPTION_FLAG, .doc = "prints the version" },
};
