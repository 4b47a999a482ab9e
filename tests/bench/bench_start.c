// SPDX-License-Identifier: ISC
// From the text of a graph to its first block: a chain of no-op nodes is read,
// bound, planned, built, run over one block and freed. How the cost grows with
// the number of nodes matters as much as the cost.
//   bench_start [--json]
#include "base/text.h"
#include "engine/engine.h"
#include "plan/graph.h"
#include "plan/plan.h"
#include "tests/fake_nodes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK = 512, N_TURNS = 7 };

enum step { READ, BIND, PLAN, BUILD, RUN, FREE, N_STEPS };
static const char* const step_names[] = { "read", "bind", "plan",
                                          "build", "run", "free" };

/// What one turn took, and the sum of it.
struct turn {
  double ms[N_STEPS];
  double all_ms;
};

static void
need(enum status status, const char* what)
{
  if (status) {
    fprintf(stderr, "bench_start: %s: %s\n", what, status_text(status));
    exit(EXIT_FAILURE);
  }
}

static double
now_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/// A source, a sink and what is between, *n_nodes* in all.
static void
write_graph(int n_nodes, struct text* out)
{
  text_add(out, "rill: 1\nnodes:\n  n0: {type: count, with: {frames: %d}}\n",
           BLOCK);
  for (int i = 1; i < n_nodes - 1; ++i) {
    text_add(out, "  n%d: {type: pass, in: n%d}\n", i, i - 1);
  }
  text_add(out, "  end: {type: drop, in: n%d}\n", n_nodes - 2);
  need(out->failed ? STATUS_NO_MEMORY : STATUS_OK, "text");
}

static void
take_time(struct turn* turn, enum step step, double* since)
{
  const double now = now_ms();
  turn->ms[step] = now - *since;
  turn->all_ms += now - *since;
  *since = now;
}

static struct turn
start(const struct text* text, struct registry* registry)
{
  static const struct plan_options wanted = { .block = BLOCK, .threads = 1 };
  static const struct engine_options options = { .checks = 1 };
  struct turn turn = { .all_ms = 0 };
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  struct graph* graph = NULL;
  struct plan* plan = NULL;
  struct engine* engine = NULL;
  double since = now_ms();

  need(spec_parse("chain", text->data, text->n, NULL, 0, diags, &spec), "read");
  take_time(&turn, READ, &since);
  need(graph_bind(spec, registry, diags, &graph), "bind");
  take_time(&turn, BIND, &since);
  need(plan_make(graph, registry, &wanted, diags, &plan), "plan");
  take_time(&turn, PLAN, &since);
  need(engine_new(plan, &options, &engine, NULL), "build");
  take_time(&turn, BUILD, &since);
  need(engine_run(engine), "run");
  take_time(&turn, RUN, &since);
  engine_free(engine);
  plan_free(plan);
  graph_free(graph);
  spec_free(spec);
  diags_free(diags);
  take_time(&turn, FREE, &since);
  return turn;
}

static int
by_all(const void* a, const void* b)
{
  const double x = ((const struct turn*)a)->all_ms;
  const double y = ((const struct turn*)b)->all_ms;
  return (x > y) - (x < y);
}

static void
print_text(int n_nodes, const struct turn* median, double least_ms)
{
  printf("%6d", n_nodes);
  for (int s = 0; s < N_STEPS; ++s) {
    printf(" %8.2f", median->ms[s]);
  }
  printf(" %8.2f %8.2f %8.2f\n", median->all_ms, least_ms,
         median->all_ms * 1e3 / n_nodes);
}

static void
print_json(int n_nodes, const struct turn* median, double least_ms)
{
  static int n_before;
  printf("%s\n  {\"nodes\": %d", n_before++ ? "," : "", n_nodes);
  for (int s = 0; s < N_STEPS; ++s) {
    printf(", \"%s\": %.4f", step_names[s], median->ms[s]);
  }
  printf(", \"all\": %.4f, \"least\": %.4f}", median->all_ms, least_ms);
}

static void
measure(int n_nodes, struct registry* registry, int as_json)
{
  struct turn turns[N_TURNS];
  struct text text = { 0 };
  write_graph(n_nodes, &text);
  start(&text, registry); // warms up
  for (int i = 0; i < N_TURNS; ++i) {
    turns[i] = start(&text, registry);
  }
  text_fini(&text);
  qsort(turns, N_TURNS, sizeof turns[0], by_all);
  (as_json ? print_json : print_text)(n_nodes, &turns[N_TURNS / 2],
                                      turns[0].all_ms);
}

static void
print_head(int as_json)
{
  if (as_json) {
    printf("{\"schema\": \"rill.bench.start/1\", \"unit\": \"ms\", \"rows\": [");
    return;
  }
  printf("a chain of no-op nodes, text to first block and back, ms (median of %d)\n"
         " nodes", N_TURNS);
  for (int s = 0; s < N_STEPS; ++s) {
    printf(" %8s", step_names[s]);
  }
  printf(" %8s %8s %8s\n", "all", "least", "us/node");
}

int
main(int argc, char** argv)
{
  static const int lengths[] = { 10, 100, 1000, 3000, 10000 };
  const int as_json = argc > 1 && !strcmp(argv[1], "--json");
  struct registry* registry = NULL;
  if (argc > 2 || (argc > 1 && !as_json)) {
    fprintf(stderr, "usage: bench_start [--json]\n");
    return 2;
  }
  need(registry_new_empty(&registry), "registry");
  for (uint32_t i = 0; i < n_fake_nodes; ++i) {
    need(registry_add(registry, fake_nodes[i]), "registry");
  }
  print_head(as_json);
  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; ++i) {
    measure(lengths[i], registry, as_json);
  }
  printf(as_json ? "\n]}\n" : "");
  registry_free(registry);
  return EXIT_SUCCESS;
}
