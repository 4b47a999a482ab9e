// SPDX-License-Identifier: ISC
// PARALLEL nodes: several calls at a time, and the same bytes in the same order.
#include "engine/engine.h"
#include "engine/parallel.h"
#include "engine/seam.h"
#include "engine/segment.h"
#include "tests/engine_kit.h"
#include "tests/fake_nodes.h"
#include "tests/suite.h"

#include <pthread.h>
#include <string.h>

// Failure first: the earliest input that fails is named, with its block, as if
// the node were alone, however far other calls have come.
START_TEST(the_first_failure_in_order_is_told)
{
  for (uint32_t threads = 1; threads <= 8; threads *= 2) {
    const struct kit_options options = { .block = 64, .threads = threads };
    struct engine_error error = { .text = "" };
    ck_assert_int_eq(kit_run("s:count frames=64000; u:uneven work=20000 fail=12800 < s; "
                             "h:hash < u",
                             &options, &error, NULL),
                     STATUS_BAD_PLUGIN);
    ck_assert_str_eq(error.node, "u");
    ck_assert_ptr_nonnull(strstr(error.text, "failed as it was told to"));
    ck_assert_uint_eq(error.block, 201); // 200 went well
    ck_assert_uint_le(fake_seen("h")->n_frames, 12800);
    ck_assert_int_eq(fake_nodes_alive(), 0);
  }
}
END_TEST

static const char* const graphs[] = {
  "s:count frames=20011; u:uneven work=20000 < s; h:hash < u",
  "s:count frames=20011; a:add < s; u:uneven work=20000 < a; v:uneven work=15000 < u; "
  "t:triple < v; h:hash < t",
  "s:count.blocking frames=20011; u:uneven work=20000 < s; l:late latency=40 < u; "
  "m:sum < l s; h:hash.blocking < m",
  "s:count frames=20011; p:meet work=1 < s; a:add < p; k:hold < a; h:hash < k",
};

enum { N_GRAPHS = sizeof graphs / sizeof graphs[0] };

START_TEST(order_and_bytes_do_not_depend_on_workers)
{
  static const uint32_t capacities[] = { 1, 2, 8 };
  uint64_t hash = 0;
  for (uint32_t threads = 1; threads <= 8; threads *= 2) {
    for (size_t i = 0; i < sizeof capacities / sizeof capacities[0]; ++i) {
      const struct kit_options options = { .block = 64, .threads = threads,
                                           .capacity = capacities[i],
                                           .engine = { .profile = 1, .checks = 1 } };
      struct engine_error error = { .text = "" };
      const enum status st = kit_run(graphs[_i], &options, &error, NULL);
      ck_assert_msg(!st, "%s: %s", error.node, error.text);
      hash = hash ? hash : fake_seen("h")->hash;
      ck_assert_msg(fake_seen("h")->hash == hash, "%u threads", threads);
      ck_assert_int_eq(fake_nodes_alive(), 0);
    }
  }
}
END_TEST

START_TEST(two_calls_run_at_the_same_time)
{
  const struct kit_options options = { .block = 64, .threads = 2 };
  fake_nodes_met();
  ck_assert_int_eq(kit_run("s:count frames=20000; p:meet work=2 < s; h:hash < p",
                           &options, NULL, NULL),
                   STATUS_OK);
  ck_assert(fake_nodes_met());
  ck_assert(fake_seen("h")->in_order);
}
END_TEST

// Figures are those of a node that is alone, whoever made the calls.
START_TEST(figures_and_trace_cover_every_call)
{
  const struct kit_options options = {
    .block = 64, .threads = 4, .engine = { .profile = 1, .trace_events = 10000 }
  };
  struct plan* const plan =
    kit_plan("s:count frames=12800; u:uneven work=20000 < s; h:hash < u", &options);
  struct engine* engine;
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &options.engine, &engine, NULL), STATUS_OK);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  struct engine_stats stats;
  engine_get_stats(engine, 1, &stats);
  ck_assert_uint_eq(stats.n_calls, 201);
  ck_assert_uint_eq(stats.frames_in, 12800);
  ck_assert_uint_eq(stats.frames_out, 12800);
  ck_assert_uint_eq(stats.buffers_out, 200);
  uint32_t n_events, n_of_node = 0;
  unsigned char seen[201] = { 0 };
  const struct engine_event* const events = engine_get_trace(engine, &n_events);
  for (uint32_t i = 0; i < n_events; ++i) {
    if (events[i].node == 1) {
      ck_assert_uint_lt(events[i].block, 201);
      ck_assert(!seen[events[i].block]++); // each block once
      ++n_of_node;
    }
  }
  ck_assert_uint_eq(n_of_node, 201);
  engine_free(engine);
  kit_plan_free(plan);
}
END_TEST

static void*
borrow_some_times(void* arg)
{
  struct engine* const engine = arg;
  struct node* const node = &engine->nodes[1];
  if (seam_enter(engine, INT64_C(1000000000))) {
    return NULL;
  }
  for (int i = 0; i < 50; ++i) {
    const int64_t deadline = engine->begin_ns + INT64_C(20000000000);
    if (seam_borrow(node, SEAM_ASKED, deadline)) {
      break; // it has ended
    }
    ck_assert_uint_eq(parallel_n_called(node), 0); // nobody is in it
    segment_bind(node);
    seam_give_back(node);
  }
  seam_leave(engine);
  return NULL;
}

START_TEST(a_borrowed_node_has_no_call_on_its_way)
{
  const struct kit_options options = { .block = 64, .threads = 4 };
  struct plan* const plan =
    kit_plan("s:count frames=100000; u:uneven work=20000 < s; h:hash < u", &options);
  struct engine* engine;
  pthread_t thread;
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &options.engine, &engine, NULL), STATUS_OK);
  ck_assert_int_eq(pthread_create(&thread, NULL, borrow_some_times, engine), 0);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  pthread_join(thread, NULL);
  ck_assert_uint_eq(fake_seen("h")->n_frames, 100000);
  ck_assert(fake_seen("h")->in_order);
  engine_free(engine);
  kit_plan_free(plan);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_test(tcase, the_first_failure_in_order_is_told);
  tcase_add_loop_test(tcase, order_and_bytes_do_not_depend_on_workers, 0, N_GRAPHS);
  tcase_add_test(tcase, two_calls_run_at_the_same_time);
  tcase_add_test(tcase, figures_and_trace_cover_every_call);
  tcase_add_test(tcase, a_borrowed_node_has_no_call_on_its_way);
}

int
main(void)
{
  return suite_run("parallel", 60, add_tests);
}
