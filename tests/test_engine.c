// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "engine/engine.h"
#include "tests/engine_kit.h"
#include "tests/fake_nodes.h"
#include "tests/suite.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

// A graph, and what its sink must have seen, whatever the threads, the block
// and the length of the queues.
static const struct {
  const char* graph;
  uint64_t n_frames;
  float first;
  float last;
  int in_order;
} streams[] = {
  // a source alone, with a length that no block divides
  { "s:count frames=10007; h:hash < s", 10007, 0, 10006, 1 },
  // a source that gives nothing at all
  { "s:count frames=0; h:hash < s", 0, 0, 0, 1 },
  // one frame
  { "s:count frames=1; a:add < s; h:hash < a", 1, 1, 1, 1 },
  // a chain that works in place, one that copies, one that passes on
  { "s:count frames=5000; a:add < s; b:add < a; c:add < b; h:hash < c", 5000, 3,
    5002, 1 },
  { "s:count frames=5000; a:copy < s; b:copy < a; h:hash < b", 5000, 0, 4999, 1 },
  { "s:count frames=5000; a:pass < s; b:pass < a; h:hash < b", 5000, 0, 4999, 1 },
  // files and sockets on threads of their own
  { "s:count.blocking frames=5000; a:add < s; h:hash.blocking < a", 5000, 1, 5000,
    1 },
  // a buffer that two branches read is not written by either
  { "s:count frames=5000; a:add < s; b:add amount=5 < s; x:hash < b; h:hash < a",
    5000, 1, 5000, 1 },
  { "s:count frames=5000; p:pass < s; a:add < p; b:add < p; x:hash < b; h:hash < a",
    5000, 1, 5000, 1 },
  // branches that meet again
  { "s:count frames=5000; a:add < s; b:copy < s; m:sum < a b; h:hash < m", 5000, 1,
    9999, 0 },
  // a branch that ends earlier is silence from there on
  { "s:count frames=5000; t:count frames=100; m:sum < s t; h:hash < m", 5000, 0,
    4999, 0 },
  // one branch has latency, the other waits for it
  { "s:count frames=5000; l:late latency=10 < s; c:copy < s; m:sum < l c; "
    "h:hash < m",
    5010, 0, 9998, 0 },
  // a tail comes out at the end
  { "s:count frames=100; l:late latency=50 < s; h:hash < l", 150, 0, 99, 0 },
  // one call gives more than one buffer can take
  { "s:count frames=1000; t:triple < s; h:hash < t", 3000, 0, 999, 0 },
  { "s:count frames=1000; t:triple < s; u:triple < t; a:add < u; h:hash < a", 9000,
    1, 1000, 0 },
  // buffers held for some calls
  { "s:count frames=5000; k:hold < s; a:add < k; h:hash < a", 5000, 1, 5000, 1 },
  // two rates
  { "s:count frames=5000; d:halve < s; h:hash < d", 2500, 0, 4998, 0 },
};

static const struct kit_options ways[] = {
  { .block = 64, .threads = 1 },
  { .block = 64, .threads = 2 },
  { .block = 1000, .threads = 8 },
  { .block = 4096, .threads = 2 },
  { .block = 1, .threads = 2, .capacity = 2 },
  { .block = 7, .threads = 3, .capacity = 1 },
  { .block = 64, .threads = 2, .engine = { .profile = 1, .checks = 1 } },
};

enum { N_WAYS = sizeof ways / sizeof ways[0] };

START_TEST(a_stream_arrives_whole_and_in_order)
{
  uint64_t hash = 0;
  for (int w = 0; w < N_WAYS; ++w) {
    struct engine_error error = { .text = "" };
    const enum status st = kit_run(streams[_i].graph, &ways[w], &error, NULL);
    ck_assert_msg(!st, "way %d: %s: %s", w, error.node, error.text);
    const struct seen* const h = fake_seen("h");
    ck_assert_ptr_nonnull(h);
    ck_assert_msg(h->n_frames == streams[_i].n_frames, "way %d: %llu frames", w,
                  (unsigned long long)h->n_frames);
    ck_assert_float_eq(h->first, streams[_i].first);
    ck_assert_float_eq(h->last, streams[_i].last);
    ck_assert_int_eq(h->in_order, streams[_i].in_order);
    ck_assert_msg(!w || h->hash == hash, "way %d: other bytes", w);
    hash = h->hash;
    ck_assert_int_eq(fake_nodes_alive(), 0);
  }
}
END_TEST

// Buffers of different rates reach a node in media time. The order depends on
// the block, never on threads or queues.
START_TEST(several_inputs_come_in_media_time)
{
  static const char graph[] = "s:count frames=20000; t:count frames=20000; "
                              "d:halve < t; c:copy < s; o:order < c d; h:hash < o";
  uint64_t hash = 0;
  for (uint32_t threads = 1; threads <= 8; ++threads) {
    const struct kit_options options = { .block = 100, .threads = threads,
                                         .capacity = threads };
    ck_assert_int_eq(kit_run(graph, &options, NULL, NULL), STATUS_OK);
    const struct seen* const h = fake_seen("h");
    ck_assert_uint_eq(h->n_frames, 400);
    ck_assert_msg(threads == 1 || h->hash == hash, "%u threads", threads);
    hash = h->hash;
  }
}
END_TEST

static const struct {
  const char* graph;
  enum status status;
  const char* node;
  const char* text;
} failures[] = {
  { "s:count frames=5000; f:fail at=1 < s; h:hash < f", STATUS_BAD_PLUGIN, "f",
    "failed as it was told to" },
  { "s:count.blocking frames=5000; f:fail at=0 < s; h:hash.blocking < f",
    STATUS_BAD_PLUGIN, "f", "failed as it was told to" },
  { "s:stall; h:hash < s", STATUS_BAD_PLUGIN, "s", "no progress" },
};

START_TEST(a_failure_names_node_and_reason)
{
  for (int w = 0; w < N_WAYS; ++w) {
    struct engine_error error = { .text = "" };
    const enum status st = kit_run(failures[_i].graph, &ways[w], &error, NULL);
    ck_assert_int_eq(st, failures[_i].status);
    ck_assert_str_eq(error.node, failures[_i].node);
    ck_assert_ptr_nonnull(strstr(error.text, failures[_i].text));
    ck_assert_int_eq(fake_nodes_alive(), 0);
  }
}
END_TEST

// A graph in which one branch must run ahead of the other by more than any
// queue holds still ends, with the same bytes.
START_TEST(queues_grow_only_when_they_must)
{
  struct engine_totals totals;
  const struct kit_options options = { .block = 10, .capacity = 2, .threads = 2 };
  ck_assert_int_eq(kit_run("s:count frames=1000; l:late latency=60 < s; "
                           "c:copy < s; m:sum < l c; h:hash < m",
                           &options, NULL, &totals),
                   STATUS_OK);
  ck_assert_uint_eq(fake_seen("h")->n_frames, 1060);
  ck_assert_int_eq(kit_run("s:count frames=1000; a:add < s; h:hash < a", &options,
                           NULL, &totals),
                   STATUS_OK);
  ck_assert_uint_eq(totals.queue_growths, 0);
}
END_TEST

// A consumer that always keeps its queue more than half full, because the other
// input lags, must still tell its producer of every place that comes free.
START_TEST(a_lagging_input_does_not_bring_all_to_rest)
{
  static const char graph[] = "s:count.blocking frames=100000; c:copy < s; "
                              "l:late latency=60 < s; o:order < c l; h:hash < o";
  uint64_t hash = 0;
  for (uint32_t threads = 1; threads <= 8; threads *= 2) {
    struct engine_totals totals;
    const struct kit_options options = { .block = 10, .threads = threads };
    ck_assert_int_eq(kit_run(graph, &options, NULL, &totals), STATUS_OK);
    ck_assert_msg(threads == 1 || fake_seen("h")->hash == hash, "%u threads", threads);
    hash = fake_seen("h")->hash;
    // of some twenty thousand calls
    ck_assert_msg(totals.rests < 200, "%u rests with %u threads", totals.rests, threads);
  }
}
END_TEST

START_TEST(nothing_is_copied_or_allocated_once_warm)
{
  static const char graph[] =
    "s:count frames=%d; a:add < s; p:pass < a; b:add < p; h:hash < b";
  struct engine_totals few, many;
  char text[128];
  const struct kit_options options = { .block = 64 };
  snprintf(text, sizeof text, graph, 64 * 100);
  ck_assert_int_eq(kit_run(text, &options, NULL, &few), STATUS_OK);
  const uint64_t before = mem_count();
  ck_assert_int_eq(kit_run(text, &options, NULL, &few), STATUS_OK);
  const uint64_t for_few = mem_count() - before;
  snprintf(text, sizeof text, graph, 64 * 10000);
  ck_assert_int_eq(kit_run(text, &options, NULL, &many), STATUS_OK);
  // a hundred times the blocks, not one allocation more
  ck_assert_uint_eq(mem_count() - before - for_few, for_few);
  ck_assert_uint_eq(many.buffers_made, few.buffers_made);
  ck_assert_uint_eq(many.copies, 0);
  // in place and passed on: one buffer of the source goes all the way
  ck_assert_uint_le(many.buffers_made, 3);
}
END_TEST

static void*
stop_soon(void* arg)
{
  const struct timespec pause = { 0, 20 * 1000 * 1000 };
  nanosleep(&pause, NULL);
  engine_stop(arg, ENGINE_STOP_DRAIN);
  return NULL;
}

START_TEST(a_stop_drains_to_the_last_frame_read)
{
  const struct kit_options options = { .block = 64, .threads = 2 };
  struct plan* const plan = kit_plan("s:count frames=2000000000; l:late latency=5 < s; "
                                     "h:hash.blocking < l",
                                     &options);
  struct engine* engine;
  pthread_t thread;
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &options.engine, &engine, NULL), STATUS_OK);
  ck_assert_int_eq(pthread_create(&thread, NULL, stop_soon, engine), 0);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  pthread_join(thread, NULL);
  struct engine_stats stats;
  engine_get_stats(engine, 0, &stats);
  ck_assert_uint_gt(stats.frames_out, 0);
  ck_assert_uint_eq(fake_seen("h")->n_frames, stats.frames_out + 5);
  engine_free(engine);
  kit_plan_free(plan);
}
END_TEST

START_TEST(a_plugin_cannot_change_the_float_mode_of_others)
{
  const struct kit_options options = { .block = 64 };
  ck_assert_int_eq(kit_run("s:count frames=1000; f:floats < s; h:hash < f",
                           &options, NULL, NULL),
                   STATUS_OK);
  volatile double tiny = 1e-310;
  ck_assert(tiny * 0.5 > 0);
}
END_TEST

// Every allocation of set-up and run fails once: an error, no leak, no crash.
START_TEST(no_memory_is_an_error_at_every_place)
{
  static const char graph[] = "s:count frames=640; a:add < s; b:copy < s; "
                              "m:sum < a b; l:late < m; h:hash.blocking < l";
  const struct kit_options options = { .block = 64 };
  struct plan* const plan = kit_plan(graph, &options);
  uint64_t n_failed = 0;
  for (uint64_t n = 1; n < 1000; ++n) {
    struct engine* engine = NULL;
    struct engine_error error;
    fake_nodes_reset();
    mem_fail_at(n, 0);
    enum status st = engine_new(plan, &options.engine, &engine, &error);
    st = st ? st : engine_run(engine);
    const int was_reached = mem_fail_at_left() == 0;
    mem_fail_at(0, 0);
    engine_free(engine);
    ck_assert_int_eq(fake_nodes_alive(), 0);
    if (!was_reached) {
      break;
    }
    n_failed += st == STATUS_NO_MEMORY;
  }
  ck_assert_uint_gt(n_failed, 20);
  kit_plan_free(plan);
}
END_TEST

START_TEST(profile_and_trace_cover_every_call)
{
  const struct kit_options options = {
    .block = 64, .engine = { .profile = 1, .trace_events = 1000 }
  };
  struct plan* const plan =
    kit_plan("s:count frames=640; a:add < s; h:hash < a", &options);
  struct engine* engine;
  fake_nodes_reset();
  ck_assert_int_eq(engine_new(plan, &options.engine, &engine, NULL), STATUS_OK);
  ck_assert_int_eq(engine_run(engine), STATUS_OK);
  struct engine_stats stats;
  engine_get_stats(engine, 1, &stats);
  ck_assert_uint_eq(stats.n_calls, 11); // ten blocks, and the drain
  ck_assert_uint_eq(stats.frames_in, 640);
  ck_assert_uint_eq(stats.frames_out, 640);
  uint64_t n_in_histogram = 0;
  for (int i = 0; i < ENGINE_HISTOGRAM; ++i) {
    n_in_histogram += stats.histogram[i];
  }
  ck_assert_uint_eq(n_in_histogram, 11);
  uint32_t n_events;
  const struct engine_event* const events = engine_get_trace(engine, &n_events);
  ck_assert_uint_eq(n_events, 10 + 11 + 11);
  for (uint32_t i = 0; i < n_events; ++i) {
    ck_assert_int_le(events[i].begin_ns, events[i].end_ns);
    ck_assert(!i || events[i - 1].begin_ns <= events[i].begin_ns);
  }
  engine_free(engine);
  kit_plan_free(plan);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_stream_arrives_whole_and_in_order, 0,
                      sizeof streams / sizeof streams[0]);
  tcase_add_test(tcase, several_inputs_come_in_media_time);
  tcase_add_loop_test(tcase, a_failure_names_node_and_reason, 0,
                      sizeof failures / sizeof failures[0]);
  tcase_add_test(tcase, queues_grow_only_when_they_must);
  tcase_add_test(tcase, a_lagging_input_does_not_bring_all_to_rest);
  tcase_add_test(tcase, nothing_is_copied_or_allocated_once_warm);
  tcase_add_test(tcase, a_stop_drains_to_the_last_frame_read);
  tcase_add_test(tcase, a_plugin_cannot_change_the_float_mode_of_others);
  tcase_add_test(tcase, no_memory_is_an_error_at_every_place);
  tcase_add_test(tcase, profile_and_trace_cover_every_call);
}

int
main(void)
{
  return suite_run("engine", 60, add_tests);
}
