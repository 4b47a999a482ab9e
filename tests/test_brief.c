// SPDX-License-Identifier: ISC
// Short streams have no threads for their files.
#include "engine/brief.h"
#include "tests/engine_kit.h"
#include "tests/fake_nodes.h"
#include "tests/suite.h"

#define FILES "s:count.blocking frames=1000; h:hash.blocking < s"
#define TWO "a:count.blocking; b:count.blocking; m:sum < a b; h:hash.blocking < m"

static const struct {
  const char* graph;
  uint64_t media_frames[2]; // what the plan knows of the first two nodes
  uint32_t n_threads;
} cases[] = {
  { FILES, { 0, 0 }, 3 },                // nobody knows how long
  { FILES, { BRIEF_FRAMES + 1, 0 }, 3 }, // long
  { FILES, { BRIEF_FRAMES, 0 }, 1 },
  { FILES, { 1, 0 }, 1 }, // it is longer than it said
  { TWO, { 1000, 0 }, 4 },
  { TWO, { 1000, BRIEF_FRAMES + 1 }, 4 },
  { TWO, { 1000, 1000 }, 1 },
  { "s:count frames=1000; h:hash.blocking < s", { 0, 0 }, 2 },
  { "s:count frames=1000; h:hash.blocking < s", { 1000, 0 }, 1 },
  // a sink that may wait for others
  { "s:count.blocking; h:hash.blocking < s; d:drop.blocking < s", { 1000, 0 }, 4 },
};

START_TEST(threads_are_started_where_they_are_worth_it)
{
  const struct kit_options options = { .block = 64 };
  struct plan* const plan = kit_plan(cases[_i].graph, &options);
  struct engine* engine = NULL;
  struct engine_totals totals;
  plan->nodes[0].media_frames = cases[_i].media_frames[0];
  plan->nodes[1].media_frames = cases[_i].media_frames[1];
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &options.engine, &engine, NULL), STATUS_OK);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  engine_get_totals(engine, &totals);
  ck_assert_uint_eq(totals.n_threads, cases[_i].n_threads);
  ck_assert_uint_eq(fake_seen("h")->n_frames, 1000);
  engine_free(engine);
  kit_plan_free(plan);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, threads_are_started_where_they_are_worth_it, 0,
                      sizeof cases / sizeof cases[0]);
}

int
main(void)
{
  return suite_run("brief", 10, add_tests);
}
