// SPDX-License-Identifier: ISC
// Many runs of one engine: each must give what a new engine gives.
#include "base/mem.h"
#include "engine/again.h"
#include "tests/engine_kit.h"
#include "tests/fake_nodes.h"
#include "tests/suite.h"

#include <string.h>

// More than a node may have pools (MAX_ALLOC_POOLS): none is made anew for a run.
enum { N_RUNS = 20 };

static const char* const graphs[] = {
  // a chain that works in place
  "s:count frames=5000; a:add < s; h:hash < a",
  // state in the middle, a tail at the end
  "s:count frames=1000; l:late latency=50 < s; h:hash < l",
  // a delay line between branches, which has to be filled anew
  "s:count frames=5000; l:late latency=10 < s; c:copy < s; m:sum < l c; "
  "h:hash < m",
  // buffers held across calls
  "s:count frames=5000; k:hold < s; a:add < k; h:hash < a",
  // an input that needs several calls, positions in two rates
  "s:count frames=1000; t:triple < s; d:halve < t; h:hash < d",
  // threads of their own at both ends: the last one
  "s:count.blocking frames=5000; a:add < s; h:hash.blocking < a",
};

enum { N_GRAPHS = sizeof graphs / sizeof graphs[0] };

static const struct kit_options ways[] = {
  { .block = 64, .threads = 1 },
  { .block = 64, .threads = 4, .capacity = 2 },
  { .block = 7, .threads = 2,
    .engine = { .profile = 1, .checks = 1, .trace_events = 64 } },
};

enum { N_WAYS = sizeof ways / sizeof ways[0] };

// All that a run leaves behind.
struct outcome {
  enum status status;
  struct seen seen;
  struct engine_stats stats; // of node 1
  uint32_t n_events;
};

static struct outcome
run(struct engine* engine)
{
  struct outcome out = { .status = engine_run(engine) };
  const struct seen* const seen = fake_seen("h");
  ck_assert_ptr_nonnull(seen);
  out.seen = *seen;
  engine_get_stats(engine, 1, &out.stats);
  engine_get_trace(engine, &out.n_events);
  return out;
}

static void
check_same(const struct outcome* a, const struct outcome* b)
{
  ck_assert_int_eq(a->status, b->status);
  ck_assert_uint_eq(a->seen.n_frames, b->seen.n_frames);
  ck_assert_uint_eq(a->seen.hash, b->seen.hash);
  ck_assert_uint_eq(a->stats.frames_in, b->stats.frames_in);
  ck_assert_uint_eq(a->stats.frames_out, b->stats.frames_out);
  ck_assert_uint_eq(a->stats.buffers_out, b->stats.buffers_out);
}

START_TEST(each_run_gives_what_a_new_engine_gives)
{
  for (int w = 0; w < N_WAYS; ++w) {
    struct plan* const plan = kit_plan(graphs[_i], &ways[w]);
    struct engine* engine = NULL;
    struct outcome first = { 0 };
    fake_nodes_reset();
    ck_assert_int_eq(engine_new(plan, &ways[w].engine, &engine, NULL), 0);
    for (int i = 0; i < N_RUNS; ++i) {
      ck_assert_int_eq(i ? engine_reset(engine, NULL) : STATUS_OK, STATUS_OK);
      const struct outcome out = run(engine);
      ck_assert_int_eq(out.status, STATUS_OK);
      ck_assert_uint_gt(out.seen.n_frames, 500);
      first = i ? first : out;
      check_same(&out, &first);
    }
    engine_free(engine);
    kit_plan_free(plan);
    ck_assert_int_eq(fake_nodes_alive(), 0);
  }
}
END_TEST

// What the first runs have made is enough for all that follow. (How far threads
// run ahead of each other, and so how many buffers they need, is never the same.)
START_TEST(a_run_more_takes_no_memory_more)
{
  const struct kit_options way = { .block = 64 };
  struct plan* const plan = kit_plan(graphs[_i], &way);
  struct engine* engine = NULL;
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &way.engine, &engine, NULL), STATUS_OK);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  ck_assert_int_eq(engine_reset(engine, NULL), STATUS_OK);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  const uint64_t n_before = mem_count();
  ck_assert_int_eq(engine_reset(engine, NULL), STATUS_OK);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  const uint64_t n_crash_stacks = 1; // made where a thread starts
  ck_assert_uint_le(mem_count() - n_before, n_crash_stacks);
  engine_free(engine);
  kit_plan_free(plan);
}
END_TEST

// A run that was cut short leaves buffers on links and in calls.
static const struct {
  const char* graph;
  enum engine_stop stop; // asked for before the run; 0: it fails by itself
  enum status status;
} cut_short[] = {
  { "s:count frames=5000; k:hold < s; f:fail at=20 < k; h:hash < f", 0,
    STATUS_BAD_PLUGIN },
  { "s:count.blocking frames=5000; k:hold < s; f:fail at=20 < k; "
    "h:hash.blocking < f",
    0, STATUS_BAD_PLUGIN },
  { "s:count frames=5000; a:add < s; h:hash < a", ENGINE_STOP_DRAIN, STATUS_OK },
  { "s:count frames=5000; a:add < s; h:hash < a", ENGINE_STOP_NOW, STATUS_OK },
};

START_TEST(a_run_that_was_cut_short_is_forgotten)
{
  for (int w = 0; w < N_WAYS; ++w) {
    struct plan* const plan = kit_plan(cut_short[_i].graph, &ways[w]);
    struct engine* engine = NULL;
    fake_nodes_reset();
    ck_assert_int_eq(engine_new(plan, &ways[w].engine, &engine, NULL), 0);
    for (int i = 0; i < N_RUNS; ++i) {
      if (cut_short[_i].stop) {
        engine_stop(engine, cut_short[_i].stop);
      }
      ck_assert_int_eq(engine_run(engine), cut_short[_i].status);
      ck_assert_int_eq(engine_reset(engine, NULL), STATUS_OK);
      ck_assert_ptr_null(engine_get_error(engine));
    }
    if (cut_short[_i].stop) {
      const struct outcome whole = run(engine);
      ck_assert_int_eq(whole.status, STATUS_OK);
      ck_assert_uint_eq(whole.seen.n_frames, 5000);
      ck_assert(whole.seen.in_order);
    }
    engine_free(engine);
    kit_plan_free(plan);
    ck_assert_int_eq(fake_nodes_alive(), 0);
  }
}
END_TEST

START_TEST(a_node_that_cannot_be_reset_is_named)
{
  const struct kit_options way = { .block = 64 };
  struct plan* const plan =
    kit_plan("s:count frames=100; n:stubborn < s; h:hash < n", &way);
  struct engine* engine = NULL;
  struct engine_error error = { 0 };
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &way.engine, &engine, NULL), STATUS_OK);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  ck_assert_int_eq(engine_reset(engine, &error), STATUS_BAD_PLUGIN);
  ck_assert_str_eq(error.node, "n");
  ck_assert_str_eq(error.text, "reset: has seen too much");
  ck_assert_int_eq(engine_reset(engine, NULL), STATUS_BAD_PLUGIN);
  engine_free(engine);
  kit_plan_free(plan);
  ck_assert_int_eq(fake_nodes_alive(), 0);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, each_run_gives_what_a_new_engine_gives, 0,
                      N_GRAPHS);
  tcase_add_loop_test(tcase, a_run_more_takes_no_memory_more, 0, N_GRAPHS - 1);
  tcase_add_loop_test(tcase, a_run_that_was_cut_short_is_forgotten, 0,
                      sizeof cut_short / sizeof cut_short[0]);
  tcase_add_test(tcase, a_node_that_cannot_be_reset_is_named);
}

int
main(void)
{
  return suite_run("again", 30, add_tests);
}
