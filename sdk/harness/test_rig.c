// SPDX-License-Identifier: ISC
// What a rig does for a node that behaves, and to one that does not.
#include "fake_host.h"
#include "rig.h"
#include "tests/suite.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HALF "sdk/examples/half"
#define NODES "sdk/harness/test_nodes"
#define BAD "sdk/harness/test_bad_nodes"
#define N 5000

static float ramp[2 * N];

static void
fill_ramp(void)
{
  for (int i = 0; i < 2 * N; ++i) {
    ramp[i] = (float)i;
  }
}

static struct rig*
start(const char* path, const char* type, uint32_t max_frames)
{
  struct rig* const rig = rig_open(path, type);
  rig_audio(rig, 0, 48000, 1);
  rig_start(rig, max_frames);
  fill_ramp();
  return rig;
}

START_TEST(a_signal_passes_in_blocks)
{
  struct rig* const rig = rig_open(HALF, "half");
  fill_ramp();
  rig_audio(rig, 0, 44100, 2);
  rig_in_place(rig, (uint32_t)_i);
  rig_start(rig, 512);
  rig_block(rig, 100);
  rig_push_f32(rig, 0, ramp, N);
  rig_run(rig);
  ck_assert_uint_eq(rig_n_calls(rig), N / 100);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N);
  ck_assert_uint_eq(rig_out_format(rig, 0)->rate, 44100);
  ck_assert_uint_eq(rig_out_format(rig, 0)->channels, 2);
  for (int i = 0; i < N; ++i) {
    ck_assert(rig_out_f32(rig, 0, 0)[i] == 0.5f * ramp[i]);
    ck_assert(rig_out_f32(rig, 0, 1)[i] == 0.5f * ramp[N + i]);
  }
  ck_assert_int_eq(rig_out_item(rig, 0, 2)->media_pos, 200);
  ck_assert_int_eq(rig_out_item(rig, 0, 2)->pts_ns, 200 * 1000000000LL / 44100);
  rig_close(rig);
}
END_TEST

START_TEST(blocks_of_any_size_give_the_same)
{
  fill_ramp();
  rig_check_blocks(&(struct rig_case){.path = HALF,
                                      .type = "half",
                                      .samples = ramp,
                                      .n_frames = N,
                                      .rate = 48000,
                                      .channels = 2});
  rig_check_blocks(&(struct rig_case){.path = NODES,
                                      .type = "late",
                                      .samples = ramp,
                                      .n_frames = N,
                                      .rate = 48000,
                                      .channels = 1});
  rig_check_blocks(
    &(struct rig_case){.path = NODES,
                       .type = "count",
                       .params = (const char*[]){"rows", "1000", NULL},
                       .n_frames = 900});
}
END_TEST

START_TEST(a_tail_is_drained)
{
  struct rig* const rig = start(NODES, "late", 64);
  rig_push_f32(rig, 0, ramp, N);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N + 100);
  ck_assert_int_eq(rig_status(rig), RILL_DRAINED);
  ck_assert_uint_eq(rig_activation(rig)->latency_frames, 100);
  ck_assert(rig_out_f32(rig, 0, 0)[N + 99] == ramp[N - 1]);
  rig_check_positions(rig, 0);
  rig_close(rig);
}
END_TEST

START_TEST(reset_is_as_fresh)
{
  struct rig* const rig = start(NODES, "late", 64);
  rig_push_f32(rig, 0, ramp, N);
  rig_event(rig, 7, "factor", "3");
  rig_drain(rig);
  rig_reset(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 0);
  rig_push_f32(rig, 0, ramp, 150);
  rig_drain(rig);
  ck_assert(rig_out_f32(rig, 0, 0)[99] == 0.0f);
  ck_assert(rig_out_f32(rig, 0, 0)[110] == ramp[10]);
  ck_assert_int_eq(rig_out_item(rig, 0, 0)->media_pos, 0);
  rig_close(rig);
}
END_TEST

START_TEST(an_event_comes_at_its_frame)
{
  struct rig* const rig = start(NODES, "late", 64);
  rig_push_f32(rig, 0, ramp, 300);
  rig_event(rig, 200, "factor", "4");
  rig_event(rig, 101, "factor", "2");
  rig_drain(rig);
  ck_assert(rig_out_f32(rig, 0, 0)[200] == ramp[100]);
  ck_assert(rig_out_f32(rig, 0, 0)[201] == 2.0f * ramp[101]);
  ck_assert(rig_out_f32(rig, 0, 0)[299] == 2.0f * ramp[199]);
  ck_assert(rig_out_f32(rig, 0, 0)[300] == 4.0f * ramp[200]);
  rig_close(rig);
}
END_TEST

START_TEST(an_event_can_come_without_frames)
{
  struct rig* const rig = start(NODES, "late", 64);
  rig_event_now(rig, "factor", "2");
  ck_assert_uint_eq(rig_n_calls(rig), 1);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 0);
  rig_push_f32(rig, 0, ramp, 10);
  rig_drain(rig);
  ck_assert(rig_out_f32(rig, 0, 0)[109] == 18.0f);
  rig_close(rig);
}
END_TEST

START_TEST(aligned_inputs_come_with_the_same_frames)
{
  struct rig* const rig = rig_open(NODES, "sum");
  fill_ramp();
  rig_links(rig, "in", 3);
  for (uint32_t i = 0; i < 3; ++i) {
    rig_audio(rig, i, 48000, 1);
  }
  rig_start(rig, 1000);
  for (uint32_t i = 0; i < 3; ++i) {
    rig_block(rig, 100 + 77 * i);
    rig_push_f32(rig, i, ramp, N);
  }
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N);
  for (int i = 0; i < N; ++i) {
    ck_assert(rig_out_f32(rig, 0, 0)[i] == 3.0f * ramp[i]);
  }
  rig_close(rig);
}
END_TEST

static const struct {
  uint32_t disorder;
  const char* calls;
} orders[] = {
  {0, "0@0+10 1@0+10 |2@5+1 |0@10000+10 1@10000+10 |2@15000+1! |"
      "0@20000+10! 1@20000+10! |"},
  {1, "2@5+1 |2@15000+1! |0@0+10 1@0+10 |0@10000+10 1@10000+10 |"
      "0@20000+10! 1@20000+10! |"},
};

START_TEST(inputs_come_in_the_order_of_their_times)
{
  struct rig* const rig = rig_open(NODES, "order");
  char calls[256] = {0};
  fill_ramp();
  rig_audio(rig, 0, 1000000, 1);
  rig_audio(rig, 1, 1000000, 1);
  rig_payload(rig, 2, RILL_KIND_TEXT, 0);
  rig_disorder(rig, orders[_i].disorder);
  rig_start(rig, 100);
  rig_push_text(rig, 2, "a", 5);
  rig_push_text(rig, 2, "b", 15000);
  rig_block(rig, 10);
  rig_push_f32(rig, 0, ramp, 30);
  rig_block(rig, 30);
  rig_push_f32(rig, 1, ramp, 30);
  rig_drain(rig);
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    strcat(strcat(calls, rig_out_text(rig, 0, i)), "|");
  }
  ck_assert_str_eq(calls, orders[_i].calls);
  rig_close(rig);
}
END_TEST

START_TEST(texts_come_with_their_metas)
{
  struct rig* const rig = rig_open(NODES, "words");
  rig_payload(rig, 0, RILL_KIND_TEXT, 1000);
  rig_start(rig, 1);
  rig_push_text(rig, 0, "one by one", 500);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_items(rig, 0), 3);
  ck_assert_str_eq(rig_out_text(rig, 0, 1), "by");
  ck_assert_int_eq(rig_out_item(rig, 0, 1)->media_pos, 500);
  ck_assert_int_eq(rig_out_item(rig, 0, 1)->pts_ns, 500000000);
  ck_assert_uint_eq(rig_out_item(rig, 0, 1)->n_metas, 1);
  ck_assert(rig_out_item(rig, 0, 2)->metas[0].value == 7.0);
  rig_close(rig);
}
END_TEST

START_TEST(a_source_is_pulled_and_ends)
{
  struct rig* const rig = rig_open(NODES, "count");
  rig_set(rig, "rows", "10");
  rig_start(rig, 4);
  ck_assert_uint_eq(rig_param(rig, "times")->n, 2);
  ck_assert(rig_param(rig, "times")->list[1].f == 0.02);
  ck_assert_uint_eq(rig_out_format(rig, 0)->shape[0], 3);
  ck_assert_int_eq(rig_pull(rig, 7), RILL_OK);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 7);
  ck_assert_int_eq(rig_out_item(rig, 0, 1)->pts_ns, 40000000);
  ck_assert_int_eq(rig_pull(rig, 100), RILL_DRAINED);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 10);
  for (int i = 0; i < 30; ++i) {
    ck_assert(rig_out_f32(rig, 0, 0)[i] == (float)i);
  }
  rig_close(rig);
}
END_TEST

START_TEST(a_start_that_fails_can_be_tried_again)
{
  struct rig* const rig = rig_open(NODES, "count");
  rig_set(rig, "rows", "2000");
  ck_assert_int_eq(rig_try_start(rig, 4), RILL_ERR_BAD_PARAM);
  ck_assert_str_eq(rig_error(rig), "rows: more than 1000");
  rig_set(rig, "rows", "20");
  rig_start(rig, 4);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 20);
  rig_close(rig);
}
END_TEST

START_TEST(an_error_is_given_to_the_test)
{
  struct rig* const rig = rig_open(BAD, "bad");
  rig_set(rig, "way", "fail");
  rig_audio(rig, 0, 48000, 1);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, ramp, 10);
  ck_assert_int_eq(rig_try_run(rig), RILL_ERR_CORRUPT);
  ck_assert_str_eq(rig_error(rig), "the frame is broken");
  rig_close(rig);
}
END_TEST

static const struct {
  const char* way;
  const char* says;
} breaches[] = {
  {"overrun", "process call 0: bytes behind the end of a plane were written"},
  {"scribble", "process call 0: changed the memory of input 0"},
  {"props", "process call 0: changed the descriptor of input 0"},
  {"frames", "process call 0: output 0: 65 frames in a buffer for 64"},
  {"plane", "process call 0: output 0: changed plane 0 of the bound buffer"},
  {"status", "process call 0: gave 99, which is no status"},
  {"tail", "process call 0: gave TAIL, which is for DRAINING calls"},
  {"more", "process call 1: gave MORE twice without any output"},
  {"endless", "(draining): the drain does not end"},
  {"leak", "after destroy: buffers still held: 1 (the last made has 60 "
           "frames)"},
  {"unref", "process call 0: unref: an input belongs to the host"},
  {"twice", "process call 0: unref: the last reference to this buffer is "
            "gone"},
  {"scratch", "process call 0: wrote behind its 64 bytes of scratch memory"},
  {"fail", "process call 0: failed with -13: the frame is broken"},
  {"drained", "process call 1 (draining): drained 1 frames on output 0, but "
              "activate reported a tail of 0"},
  {"format", "process call 0: output 0: a buffer of another format"},
  {"silent", "process call 0: output 0: flagged SILENT, but not all samples"},
  {"lent_meta", "process call 0: add_meta: others can see this buffer"},
};

static const char* awaited;
static int told; // the reading end of stderr

// Raised by abort, so it may call what other signals may not.
static void
look_at_stderr(int number)
{
  char text[512] = {0};
  const ssize_t n = read(told, text, sizeof text - 1);
  (void)number;
  if (n > 0 && strstr(text, awaited)) {
    _exit(0);
  }
  printf("said: %sawaited: %s\n", text, awaited);
  fflush(stdout);
  _exit(2);
}

START_TEST(a_breach_aborts_with_its_name)
{
  int ends[2] = {-1, -1};
  ck_assert_int_eq(pipe(ends), 0);
  ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
  told = ends[0];
  awaited = breaches[_i].says;
  signal(SIGABRT, look_at_stderr);

  struct rig* const rig = rig_open(BAD, "bad");
  rig_set(rig, "way", breaches[_i].way);
  rig_audio(rig, 0, 48000, 1);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, ramp, 60);
  rig_drain(rig);
  rig_close(rig);
  _exit(3); // nothing was noticed
}
END_TEST

static void
add(TCase* tcase)
{
  const int n = sizeof breaches / sizeof breaches[0];
  tcase_add_loop_test(tcase, a_signal_passes_in_blocks, 0, 2);
  tcase_add_test(tcase, blocks_of_any_size_give_the_same);
  tcase_add_test(tcase, a_tail_is_drained);
  tcase_add_test(tcase, reset_is_as_fresh);
  tcase_add_test(tcase, an_event_comes_at_its_frame);
  tcase_add_test(tcase, an_event_can_come_without_frames);
  tcase_add_test(tcase, aligned_inputs_come_with_the_same_frames);
  tcase_add_loop_test(tcase, inputs_come_in_the_order_of_their_times, 0, 2);
  tcase_add_test(tcase, texts_come_with_their_metas);
  tcase_add_test(tcase, a_source_is_pulled_and_ends);
  tcase_add_test(tcase, a_start_that_fails_can_be_tried_again);
  tcase_add_test(tcase, an_error_is_given_to_the_test);
  tcase_add_loop_exit_test(tcase, a_breach_aborts_with_its_name, 0, 0, n);
}

int
main(void)
{
  return suite_run("rig", 60, add);
}
