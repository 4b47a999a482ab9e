// SPDX-License-Identifier: ISC
// What the engine costs beside the nodes that it runs:
//   bench_hop [--json] [hop|profile|branches]
// hop       what a node adds to each buffer of 512 frames that passes it: the
//           time of a chain of n nodes, less that of none, over n; `pass` hands
//           its input on, `copy` takes a buffer and copies 2 KiB into it
// profile   what it costs to time every call
// branches  how much faster two equal branches are with more workers, beside
//           two plain threads that do the same work without any host
// All ways of a part are taken in turns. CPU time is that of the process.
#include "base/sys.h"
#include "tests/bench/gst_chain.h"
#include "tests/engine_kit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TURNS = 9, BLOCK = 512, N_BUFFERS = 10000, MAX_TEXT = 1 << 16 };

/// What one way took, turn by turn.
struct times {
  double cpu_ns[TURNS];
  double wall_ns[TURNS];
};

struct figure {
  double median;
  double least;
};

static int as_json;
static int n_printed;

static double
cpu_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int
by_value(const void* a, const void* b)
{
  const double x = *(const double*)a, y = *(const double*)b;
  return (x > y) - (x < y);
}

static struct figure
figure_of(const double* values)
{
  double sorted[TURNS];
  memcpy(sorted, values, sizeof sorted);
  qsort(sorted, TURNS, sizeof sorted[0], by_value);
  return (struct figure){ sorted[TURNS / 2], sorted[0] };
}

// One figure: what was measured, of whom, and how much.
static void
print(const char* part, const char* name, const char* who, uint32_t threads,
      struct figure figure, const char* unit)
{
  if (as_json) {
    printf("%s\n  {\"part\": \"%s\", \"name\": \"%s\", \"who\": \"%s\", "
           "\"threads\": %u, \"unit\": \"%s\", \"median\": %.2f, \"least\": %.2f}",
           n_printed++ ? "," : "", part, name, who, threads, unit, figure.median,
           figure.least);
  } else {
    printf("%-9s %-12s %-18s %u threads  %8.2f %-9s (least %.2f)\n", part, name,
           who, threads, figure.median, unit, figure.least);
  }
  fflush(stdout);
}

static void
run(const char* graph, const struct kit_options* options, struct times* times,
    int turn)
{
  struct engine_totals totals;
  const double begin = cpu_ns();
  if (kit_run(graph, options, NULL, &totals)) {
    exit(EXIT_FAILURE);
  }
  times->cpu_ns[turn] = cpu_ns() - begin;
  times->wall_ns[turn] = (double)totals.wall_ns;
}

// Hop --------------------------------------------------------------------------

static const char*
chain(const char* type, int n_nodes)
{
  static char text[MAX_TEXT];
  int n = snprintf(text, sizeof text, "n0:count frames=%d", BLOCK * N_BUFFERS);
  for (int i = 1; i <= n_nodes; ++i) {
    n += snprintf(text + n, sizeof text - (size_t)n, ";n%d:%s < n%d", i, type, i - 1);
  }
  snprintf(text + n, sizeof text - (size_t)n, ";end:drop < n%d", n_nodes);
  return text;
}

// What each of *n* nodes adds; the base is the least, for it is short.
static struct figure
added(const double* with, const double* without, int n, double n_buffers)
{
  const struct figure base = figure_of(without);
  const struct figure all = figure_of(with);
  return (struct figure){ (all.median - base.median) / n / n_buffers,
                          (all.least - base.least) / n / n_buffers };
}

static void
hop(const char* type, int n, uint32_t threads)
{
  const struct kit_options options = { .block = BLOCK, .threads = threads };
  struct times none, all;
  double gst_none[TURNS], gst_all[TURNS];
  const int has_peer = gst_chain_version() && threads == 1 && !strcmp(type, "pass");
  const int n_gst_buffers = N_BUFFERS / 10;
  for (int i = 0; i < TURNS; ++i) {
    run(chain(type, 0), &options, &none, i);
    run(chain(type, n), &options, &all, i);
    if (has_peer) {
      gst_none[i] = gst_chain_ns(0, n_gst_buffers);
      gst_all[i] = gst_chain_ns(n, n_gst_buffers);
    }
  }
  char name[32];
  snprintf(name, sizeof name, "%s x %d", type, n);
  print("hop", name, "rill", threads, added(all.cpu_ns, none.cpu_ns, n, N_BUFFERS),
        "ns CPU");
  print("hop", name, "rill", threads,
        added(all.wall_ns, none.wall_ns, n, N_BUFFERS), "ns wall");
  if (has_peer) {
    print("hop", name, "GStreamer identity", 1, added(gst_all, gst_none, n, 1),
          "ns CPU");
  }
}

static void
hops(void)
{
  static const struct {
    const char* type;
    int n;
    uint32_t threads;
  } rows[] = {
    { "pass", 10, 1 },   { "pass", 100, 1 },   { "pass", 1000, 1 },
    { "pass", 10, 2 },   { "pass", 100, 2 },   { "pass", 1000, 2 },
    { "pass", 100, 8 },  { "copy", 100, 1 },   { "copy", 100, 2 },
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    hop(rows[i].type, rows[i].n, rows[i].threads);
  }
}

// Profile ------------------------------------------------------------------------

static void
profile(void)
{
  static const char graph[] = "s:count frames=1024000; a:dear < s; b:dear < a; "
                              "c:dear < b; d:dear < c; e:drop < d";
  const struct kit_options without = { .block = BLOCK, .threads = 1 };
  const struct kit_options with = {
    .block = BLOCK, .threads = 1, .engine = { .profile = 1, .trace_events = 100000 }
  };
  struct times off, on;
  double per_cent[TURNS];
  for (int i = 0; i < TURNS; ++i) {
    run(graph, &without, &off, i);
    run(graph, &with, &on, i);
    per_cent[i] = (on.cpu_ns[i] / off.cpu_ns[i] - 1) * 100;
  }
  const double least = figure_of(on.cpu_ns).least / figure_of(off.cpu_ns).least;
  const struct figure f = { figure_of(per_cent).median, (least - 1) * 100 };
  print("profile", "4 x dear", "rill", 1, f, "% more");
}

// Branches -----------------------------------------------------------------------

enum { N_PASSES = 2000 };

// Two threads that do the work of two branches, and nothing else.
static void*
half(void* arg)
{
  const struct kit_options options = { .block = BLOCK, .threads = 1 };
  struct plan* const plan = arg;
  struct engine* engine;
  if (engine_new(plan, &options.engine, &engine, NULL) || engine_run(engine)) {
    exit(EXIT_FAILURE);
  }
  engine_free(engine);
  return NULL;
}

static double
two_alone_ns(const char* graph)
{
  const struct kit_options options = { .block = BLOCK, .threads = 1 };
  struct plan* const plans[] = { kit_plan(graph, &options), kit_plan(graph, &options) };
  const int64_t begin = sys.now_ns();
  pthread_t other;
  if (pthread_create(&other, NULL, half, plans[1])) {
    exit(EXIT_FAILURE);
  }
  half(plans[0]);
  pthread_join(other, NULL);
  const int64_t ns = sys.now_ns() - begin;
  kit_plan_free(plans[0]);
  kit_plan_free(plans[1]);
  return (double)ns;
}

static void
branches(void)
{
  static const uint32_t threads[] = { 1, 2, 4, 8 };
  enum { N = sizeof threads / sizeof threads[0] };
  struct times times[N];
  double alone[TURNS], speed[N + 1][TURNS];
  char one[96], two[160];
  snprintf(one, sizeof one, "s:count frames=%d; a:dear work=20000 < s; x:drop < a",
           BLOCK * N_PASSES);
  snprintf(two, sizeof two, "%s; b:dear work=20000 < s; y:drop < b", one);
  for (int i = 0; i < TURNS; ++i) {
    for (int k = 0; k < N; ++k) {
      const struct kit_options options = { .block = BLOCK, .threads = threads[k] };
      run(two, &options, &times[k], i);
      speed[k][i] = times[0].wall_ns[i] / times[k].wall_ns[i];
    }
    alone[i] = two_alone_ns(one);
    speed[N][i] = times[0].wall_ns[i] / alone[i];
  }
  const double least = figure_of(times[0].wall_ns).least;
  for (int k = 0; k < N; ++k) {
    // Least against least: what else runs on the machine slows all ways down.
    const struct figure f = { figure_of(speed[k]).median,
                              least / figure_of(times[k].wall_ns).least };
    print("branches", "2 x dear", "rill", threads[k], f, "x as fast");
  }
  const struct figure f = { figure_of(speed[N]).median,
                            least / figure_of(alone).least };
  print("branches", "2 x dear", "two chains apart", 2, f, "x as fast");
}

int
main(int argc, char** argv)
{
  const char* part = "";
  for (int i = 1; i < argc; ++i) {
    if (!strcmp(argv[i], "--json")) {
      as_json = 1;
    } else {
      part = argv[i];
    }
  }
  if (as_json) {
    printf("{\"schema\": \"rill.bench.hop/1\", \"peer\": \"%s\", \"rows\": [",
           gst_chain_version() ? gst_chain_version() : "");
  }
  if (strstr("hop", part)) {
    hops();
  }
  if (strstr("profile", part)) {
    profile();
  }
  if (strstr("branches", part)) {
    branches();
  }
  if (as_json) {
    printf("\n]}\n");
  }
  return EXIT_SUCCESS;
}
