// SPDX-License-Identifier: ISC
// Segments: however a chain is cut, joined and detoured while it runs, and
// whoever borrows its nodes, its bytes stay the same.
#include "engine/engine.h"
#include "engine/seam.h"
#include "engine/segment.h"
#include "tests/engine_kit.h"
#include "tests/fake_nodes.h"
#include "tests/suite.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char* graph;
  uint32_t n_heads; // segments as they are made
} graphs[] = {
  // a chain is one segment, its source and its sink are part of it
  { "s:count frames=3000; a:add < s; b:copy < a; c:pass < b; h:hash < c", 1 },
  // who gives several for one, holds some back, has a tail, changes the rate
  { "s:count frames=1000; t:triple < s; u:triple < t; a:add < u; h:hash < a", 1 },
  { "s:count frames=3000; k:hold < s; a:add < k; l:late latency=50 < a; h:hash < l",
    1 },
  { "s:count frames=3000; d:halve < s; t:triple < d; c:copy < t; h:hash < c", 1 },
  // two readers end a segment, several inputs begin one
  { "s:count frames=3000; p:pass < s; a:add < p; b:copy < p; m:sum < a b; "
    "c:copy < m; h:hash < c",
    4 },
  { "s:count frames=3000; t:count frames=2000; a:add < s; b:pass < t; "
    "o:order < a b; c:pass < o; h:hash < c",
    3 },
};

enum { N_GRAPHS = sizeof graphs / sizeof graphs[0], SEEDS = 40 };

static const struct kit_options one = { .block = 64, .threads = 1 };

static uint64_t
hash_of_plain_run(const char* graph)
{
  ck_assert_int_eq(kit_run(graph, &one, NULL, NULL), STATUS_OK);
  return fake_seen("h")->hash;
}

static uint32_t
random_below(uint64_t* seed, uint32_t n)
{
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 33) % n;
}

static uint32_t
count_heads(struct engine* engine)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    n += segment_head(&engine->nodes[i]) == &engine->nodes[i];
  }
  return n;
}

START_TEST(chains_become_segments)
{
  struct plan* const plan = kit_plan(graphs[_i].graph, &one);
  struct engine* engine;
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &one.engine, &engine, NULL), STATUS_OK);
  ck_assert_uint_eq(count_heads(engine), graphs[_i].n_heads);
  engine_free(engine);
  kit_plan_free(plan);
}
END_TEST

// What may happen to a node of a claimed segment between two passes.
static void
disturb(struct node* node, uint32_t how)
{
  const int is_head = segment_head(node) == node;
  switch (how) {
    case 0:
      if (!is_head) {
        segment_cut(node);
      }
      break;
    case 1:
      if (is_head) {
        segment_join(node);
      }
      break;
    case 2: atomic_fetch_or(&node->step->detour, DETOUR_EDIT); break;
    case 3: segment_bind(node); break;
    default: break; // mostly nothing
  }
}

// The test is the only worker: any segment that is ready is the next.
static void
drive(struct engine* engine, uint64_t seed)
{
  struct thread* const thread = &engine->threads[0];
  uint32_t n_live = engine->n_nodes;
  uint32_t n_idle = 0;
  frame_init(&thread->frame);
  while (n_live && n_idle < 10000) {
    struct node* const node = &engine->nodes[random_below(&seed, engine->n_nodes)];
    disturb(node, random_below(&seed, 12));
    struct node* const head = segment_head(node);
    ++n_idle;
    if (!segment_is_over(head) && segment_ready(head)) {
      n_live -= segment_pass(thread, head);
      n_idle = 0;
    }
  }
  ck_assert_msg(!n_live, "%u nodes wait for ever", n_live);
}

START_TEST(cuts_joins_and_detours_change_no_byte)
{
  const char* const graph = graphs[_i % N_GRAPHS].graph;
  const uint64_t seed = (uint64_t)(_i / N_GRAPHS + 1);
  const uint64_t hash = hash_of_plain_run(graph);
  struct plan* const plan = kit_plan(graph, &one);
  struct engine* engine;
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &one.engine, &engine, NULL), STATUS_OK);
  drive(engine, seed);
  ck_assert_msg(fake_seen("h")->hash == hash, "other bytes with seed %llu",
                (unsigned long long)seed);
  engine_free(engine);
  kit_plan_free(plan);
  ck_assert_int_eq(fake_nodes_alive(), 0);
}
END_TEST

// Dear chains are cut while they run when there are workers to share them.
START_TEST(a_dear_chain_is_shared)
{
  static const char graph[] = "s:count frames=6400; a:dear < s; b:dear < a; "
                              "c:pass < b; d:dear < c; e:dear < d; h:hash < e";
  const uint64_t hash = hash_of_plain_run(graph);
  for (uint32_t threads = 1; threads <= 8; threads *= 2) {
    const struct kit_options options = { .block = 64, .threads = threads };
    struct plan* const plan = kit_plan(graph, &options);
    struct engine* engine;
    fake_nodes_reset();
    ck_assert_int_eq(engine_new(plan, &options.engine, &engine, NULL), STATUS_OK);
    ck_assert_int_eq(engine_run(engine), STATUS_OK);
    ck_assert_msg(fake_seen("h")->hash == hash, "%u threads", threads);
    ck_assert_int_eq(count_heads(engine) > 1, threads > 1);
    engine_free(engine);
    kit_plan_free(plan);
  }
}
END_TEST

// An editor that does nothing but borrow -------------------------------------

struct borrower {
  struct engine* engine;
  uint32_t n_borrowed;
};

static void*
borrow_all_the_time(void* arg)
{
  struct borrower* const self = arg;
  struct engine* const engine = self->engine;
  uint64_t seed = 7;
  if (seam_enter(engine, INT64_C(1000000000))) {
    return NULL;
  }
  for (int i = 0; i < 300; ++i) {
    struct node* const node = &engine->nodes[random_below(&seed, engine->n_nodes)];
    const enum seam how = random_below(&seed, 2) ? SEAM_ASKED : SEAM_ASKED_DRY;
    const int64_t deadline = engine->begin_ns + INT64_C(10000000000);
    if (seam_borrow(node, how, deadline)) {
      continue; // it has ended
    }
    ++self->n_borrowed;
    if (random_below(&seed, 2)) {
      segment_bind(node);
    }
    seam_give_back(node);
  }
  seam_leave(engine);
  return NULL;
}

START_TEST(borrowed_nodes_lose_nothing)
{
  static const uint32_t threads[] = { 1, 2, 8 };
  static const char* const rows[] = {
    "s:count frames=5000000; a:add < s; b:copy < a; c:pass < b; t:triple < c; h:hash < t",
    "s:count.blocking frames=1000000; a:add < s; b:copy < a; m:sum < a b; "
    "k:hold < m; h:hash.blocking < k",
  };
  uint64_t hash[2] = { 0 };
  uint32_t n_borrowed = 0; // a short run may end before the editor is there
  for (size_t i = 0; i < sizeof threads / sizeof threads[0]; ++i) {
    const struct kit_options options = { .block = 256, .threads = threads[i] };
    struct plan* const plan = kit_plan(rows[_i], &options);
    struct borrower borrower = { 0 };
    pthread_t thread;
    fake_nodes_reset();
    hash[0] = hash[0] ? hash[0] : hash_of_plain_run(rows[_i]);
    fake_nodes_reset();
    ck_assert_int_eq(engine_new(plan, &options.engine, &borrower.engine, NULL),
                     STATUS_OK);
    ck_assert_int_eq(
      pthread_create(&thread, NULL, borrow_all_the_time, &borrower), 0);
    ck_assert_int_eq(engine_run(borrower.engine), STATUS_OK);
    pthread_join(thread, NULL);
    n_borrowed += borrower.n_borrowed;
    ck_assert_msg(fake_seen("h")->hash == hash[0], "%u threads", threads[i]);
    engine_free(borrower.engine);
    kit_plan_free(plan);
  }
  ck_assert_uint_gt(n_borrowed, 0);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, chains_become_segments, 0, N_GRAPHS);
  tcase_add_loop_test(tcase, cuts_joins_and_detours_change_no_byte, 0,
                      N_GRAPHS * SEEDS);
  tcase_add_test(tcase, a_dear_chain_is_shared);
  tcase_add_loop_test(tcase, borrowed_nodes_lose_nothing, 0, 2);
}

int
main(void)
{
  return suite_run("segment", 60, add_tests);
}
