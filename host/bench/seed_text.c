// SPDX-License-Identifier: ISC
// The old table and ours, side by side, for people.
#include "bench/seed.h"

#include "report/figures.h"
#include "report/table.h"

#include <math.h>

static const char* const ways[] = { "values", "shim", "native", "direct",
                                    "numpy" };

enum { N_WAYS = sizeof ways / sizeof ways[0], N_RATIOS = 1 };

static const char heads[] = "|>published|>JSON values|>JSON shim|>native|"
                            ">direct|>numpy|>gain";

static void
add_time(struct table* table, double ns)
{
  if (ns > 0 && ns < 9.5) {
    table_add(table, "%.1f ns", ns);
  } else if (ns > 0) {
    table_add(table, "%s", figure_time(llround(ns)).text);
  } else {
    table_add(table, "%s", "");
  }
}

static double
median_of(const struct bench_rows* rows, const struct seed_case* what,
          const char* way, int step)
{
  const struct bench_row* const row =
    bench_rows_find(rows, what->name, way, seed_step_names[step]);
  return row ? row->median_ns : 0;
}

static void
add_ratio(struct table* table, double of, double to)
{
  if (of > 0 && to > 0) {
    table_add(table, "%s",
              of / to < 0.01 ? "< 0.01 x" : figure_speed(of / to).text);
  } else {
    table_add(table, "%s", "");
  }
}

static void
add_step(struct table* table, const struct bench_rows* rows,
         const struct seed_case* what, int step)
{
  const double published = what->published_ns[step];
  const double native = median_of(rows, what, "native", step);
  int any = published > 0;
  for (int w = 0; w < N_WAYS; ++w) {
    any |= median_of(rows, what, ways[w], step) > 0;
  }
  if (!any) {
    return;
  }
  table_add(table, "%s", seed_step_names[step]);
  add_time(table, published);
  for (int w = 0; w < N_WAYS; ++w) {
    add_time(table, median_of(rows, what, ways[w], step));
  }
  add_ratio(table, published, native);
}

// What is not the work itself, as a share of the whole.
static void
add_overhead(struct table* table, double work, double whole)
{
  table_add(table, "%s",
            work > 0 && whole > work ? figure_percent(1 - work / whole).text
                                     : "");
}

static void
add_overheads(struct table* table, const struct bench_rows* rows,
              const struct seed_case* what)
{
  const double* const published = what->published_ns;
  table_add(table, "%s", "overhead");
  add_overhead(table, published[SEED_PROCESS],
               published[SEED_TOTAL] > 0 ? published[SEED_TOTAL]
                                         : published[SEED_FULL]);
  add_overhead(table, median_of(rows, what, "values", SEED_PROCESS),
               median_of(rows, what, "values", SEED_TOTAL));
  add_overhead(table, median_of(rows, what, "direct", SEED_FULL),
               median_of(rows, what, "shim", SEED_FULL));
  add_overhead(table, median_of(rows, what, "native", SEED_PROCESS),
               median_of(rows, what, "native", SEED_FULL));
  for (int i = 0; i < 2 + N_RATIOS; ++i) { // direct, numpy
    table_add(table, "%s", "");
  }
}

static enum status
print_case(const struct bench_rows* rows, const struct seed_case* what, FILE* to)
{
  struct table table;
  fprintf(to, "%s\n", what->title);
  table_begin(&table, heads);
  for (int s = 0; s < SEED_N_STEPS; ++s) {
    add_step(&table, rows, what, s);
  }
  add_overheads(&table, rows, what);
  const enum status st = table_print(&table, 2, to);
  if (what->target_ns > 0) {
    fprintf(to, "  target: %s\n", figure_time(llround(what->target_ns)).text);
  }
  fprintf(to, "  %s\n\n", what->note); // has line ends of its own
  return st;
}

static const char legend[] =
  "Medians of turns taken one after the other. published: the system that rill\n"
  "replaces, on a machine of its own. JSON values: its nodes as they ran there,\n"
  "values from node to node, text at the end. JSON shim: the same nodes in a\n"
  "graph of today, behind json.lib, text both ways for each block; 'processing'\n"
  "is the call of the object. native: rill's nodes, source to sink in the engine,\n"
  "one thread. direct: one plain loop. numpy: with scipy; both leave all of the\n"
  "output in memory.\n"
  "'full' is one clip, warm, each block handed on as to a next node; 'gathered'\n"
  "also copies the output into one piece of memory; 'total with set-up' plans a\n"
  "graph for it first; 'node creation' creates and activates all nodes.\n"
  "gain: published over native, from machines of their own.\n"
  "overhead: of values the share of the total that is not processing; of the shim\n"
  "what is not the direct loop; of the native path what is not process calls.\n";

enum status
seed_print(const struct bench_rows* rows, FILE* to)
{
  enum status st = STATUS_OK;
  machine_print(&rows->machine, to);
  for (uint32_t i = 0; !st && i < seed_n_cases; ++i) {
    st = print_case(rows, &seed_cases[i], to);
  }
  fputs(legend, to);
  return st;
}
