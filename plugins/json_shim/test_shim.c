// SPDX-License-Identifier: ISC
// What json.exec makes of buffers and values, with a child that behaves
// (test_child.py).
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { RATE = 16000 };

static struct rig*
open_child(const char* params)
{
  static char path[4096];
  struct rig* const rig = rig_open("plugins/json_shim/json_shim", "json.exec");
  const char* const source = getenv("top_srcdir");
  snprintf(path, sizeof path, "%s/plugins/json_shim/test_child.py",
           source ? source : "..");
  const char* const argv[] = { "/usr/bin/python3", "-S", "-E", path };
  rig_set_list(rig, "command", argv, COUNT(argv));
  rig_set(rig, "params", params);
  return rig;
}

static void
expect_text(struct rig* rig, const char* fragment)
{
  if (!strstr(rig_error(rig), fragment)) {
    ck_abort_msg("\"%s\" lacks \"%s\"", rig_error(rig), fragment);
  }
}

// -- samples ----------------------------------------------------------------

enum { N_ODD = 4096 };

// Bit patterns from all over the finite floats, and the ends of their ranges.
static void
fill_odd(float* to)
{
  static const uint32_t ends[] = { 0x00000000, 0x80000000, 0x00000001,
                                   0x80000001, 0x007fffff, 0x00800000,
                                   0x7f7fffff, 0xff7fffff, 0x3f800000,
                                   0x34000000, 0x4b7fffff, 0x4b800000 };
  uint32_t x = 1;
  for (size_t i = 0; i < N_ODD; ++i) {
    uint32_t bits = i < COUNT(ends) ? ends[i] : 0;
    while (i >= COUNT(ends) && (!bits || (bits & 0x7f800000) == 0x7f800000)) {
      x = x * 1664525u + 1013904223u;
      bits = x ^ x >> 15;
    }
    memcpy(&to[i], &bits, sizeof bits);
  }
}

static const struct {
  const char* samples;
  const char* params;
} codings[] = {
  { "numbers", "{}" },
  { "base64", "{\"agree\": true}" },
  { "base64", "{}" }, // does not know it: numbers
};

// 123
START_TEST(every_float_comes_back)
{
  static float odd[N_ODD];
  struct rig* const rig = open_child(codings[_i].params);
  fill_odd(odd);
  rig_set(rig, "samples", codings[_i].samples);
  rig_audio(rig, 0, RATE, 2);
  rig_start(rig, 512);
  rig_push_f32(rig, 0, odd, N_ODD / 2);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N_ODD / 2);
  for (uint32_t c = 0; c < 2; ++c) {
    ck_assert_mem_eq(rig_out_f32(rig, 0, c), odd + c * N_ODD / 2,
                     N_ODD / 2 * sizeof(float));
  }
  rig_check_positions(rig, 0);
  rig_close(rig);
}
END_TEST

static const struct {
  uint32_t encoding;
  uint32_t packing;
  const char* samples;
} encodings[] = {
  { RILL_ENC_S16, RILL_PLANAR, "numbers" },
  { RILL_ENC_S16, RILL_INTERLEAVED, "base64" },
  { RILL_ENC_S32, RILL_PLANAR, "base64" },
  { RILL_ENC_S32, RILL_INTERLEAVED, "numbers" },
  { RILL_ENC_F32, RILL_INTERLEAVED, "numbers" },
};

START_TEST(every_encoding_comes_back)
{
  const float in[] = { -1.0f, -0.5f, 0.0f, 0.25f, 0.5f, 0.75f };
  const struct rill_format format = {
    .kind = RILL_KIND_AUDIO, .encoding = encodings[_i].encoding,
    .packing = encodings[_i].packing, .rate = RATE, .rate_den = 1,
    .channels = 2
  };
  struct rig* const rig = open_child("{\"agree\": true}");
  rig_set(rig, "samples", encodings[_i].samples);
  rig_format(rig, 0, &format);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, in, 3);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_format(rig, 0)->encoding, encodings[_i].encoding);
  ck_assert_uint_eq(rig_out_format(rig, 0)->packing, RILL_PLANAR);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), in, 3 * sizeof(float));
  ck_assert_mem_eq(rig_out_f32(rig, 0, 1), in + 3, 3 * sizeof(float));
  rig_close(rig);
}
END_TEST

START_TEST(samples_that_have_no_json_are_named)
{
  const float in[] = { 0.0f, 0.0f, NAN, 0.0f };
  struct rig* const rig = open_child("{}");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, in, 4);
  ck_assert_int_eq(rig_try_run(rig), RILL_ERR_INPUT);
  expect_text(rig, "2");
  rig_close(rig);
}
END_TEST

START_TEST(the_output_has_the_format_that_was_said)
{
  const float in[] = { 0.0f, 0.5f, -0.5f, 1.0f };
  struct rig* const rig = open_child("{\"do\": \"to_i16\"}");
  rig_set(rig, "out_encoding", "s16");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, in, 4);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_format(rig, 0)->encoding, RILL_ENC_S16);
  const int16_t* const out = rig_out_bytes(rig, 0, 0, NULL);
  ck_assert_int_eq(out[1], 16383);
  ck_assert_int_eq(out[3], 32767);
  rig_close(rig);
}
END_TEST

START_TEST(another_rate_keeps_its_own_time)
{
  float in[1000] = { 0 };
  struct rig* const rig = open_child("{\"do\": \"half\"}");
  rig_set(rig, "out_rate", "8kHz");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 100);
  rig_push_f32(rig, 0, in, 1000);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_format(rig, 0)->rate, 8000);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 500);
  rig_check_positions(rig, 0);
  rig_close(rig);
}
END_TEST

// -- none, one, many --------------------------------------------------------

START_TEST(many_outputs_become_many_buffers)
{
  const float in[] = { 1.0f, 2.0f, 3.0f };
  struct rig* const rig = open_child("{\"do\": \"split\"}");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, in, 3);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_items(rig, 0), 3);
  ck_assert_int_eq(rig_out_item(rig, 0, 2)->media_pos, 2);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), in, sizeof in);
  rig_close(rig);
}
END_TEST

START_TEST(what_is_kept_comes_at_the_end)
{
  const float in[] = { 1.0f, 2.0f, 3.0f, 4.0f };
  struct rig* const rig = open_child("{\"do\": \"keep\"}");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 2);
  rig_push_f32(rig, 0, in, 4);
  rig_run(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 0);
  rig_drain(rig);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), in, sizeof in);
  rig_check_positions(rig, 0);
  rig_close(rig);
}
END_TEST

// 119: an answer and a question that are both larger than a pipe.
START_TEST(full_pipes_both_ways_are_no_deadlock)
{
  enum { LARGE = 400000 };
  float* const in = calloc(LARGE, sizeof *in);
  struct rig* const rig = open_child("{\"do\": \"large\"}");
  for (int i = 0; i < LARGE; ++i) {
    in[i] = 0.1f;
  }
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, LARGE);
  rig_push_f32(rig, 0, in, LARGE);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), LARGE);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), in, LARGE * sizeof *in);
  rig_close(rig);
  free(in);
}
END_TEST

// An answer longer than the block is given in blocks.
START_TEST(a_long_answer_is_given_in_pieces)
{
  const float in[] = { 0.5f };
  struct rig* const rig = open_child("{\"do\": \"large\"}");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 1024);
  rig_push_f32(rig, 0, in, 1);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 400000);
  ck_assert_uint_gt(rig_out_items(rig, 0), 100);
  rig_check_positions(rig, 0);
  rig_close(rig);
}
END_TEST

// -- texts, JSON, bytes -----------------------------------------------------

static const struct {
  enum rill_kind kind;
  const char* in;
  const char* params;
  const char* out; // the parameter
  const char* text;
} payloads[] = {
  { RILL_KIND_TEXT, "a \"b\"\n\xc3\xa9", "{}", "same", "a \"b\"\n\xc3\xa9" },
  { RILL_KIND_TEXT, "", "{}", "same", "" },
  { RILL_KIND_JSON, "{\"a\":\n[1, 2.50, \"x\"]}", "{}", "same",
    "{\"a\": [1, 2.5, \"x\"]}" },
  { RILL_KIND_JSON, "17", "{}", "same", "17" },
  { RILL_KIND_BYTES, "\x01\xff\x80zz", "{}", "same", "\x01\xff\x80zz" },
  { RILL_KIND_TEXT, "hi", "{\"do\": \"count\", \"x\": [null]}", "json",
    "{\"n\": 1, \"value\": \"hi\", \"params\": {\"do\": \"count\", \"x\": "
    "[null]}}" },
  { RILL_KIND_JSON, "\"word\"", "{}", "text", "word" },
  { RILL_KIND_JSON, "{\"base64\": \"aGk=\"}", "{}", "bytes", "hi" },
};

START_TEST(payloads_become_values_and_back)
{
  struct rig* const rig = open_child(payloads[_i].params);
  rig_set(rig, "out", payloads[_i].out);
  rig_payload(rig, 0, payloads[_i].kind, 0);
  rig_start(rig, 64);
  rig_push_text(rig, 0, payloads[_i].in, 5000);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_items(rig, 0), 1);
  ck_assert_str_eq(rig_out_text(rig, 0, 0), payloads[_i].text);
  ck_assert_int_eq(rig_out_item(rig, 0, 0)->media_pos, 5000);
  rig_close(rig);
}
END_TEST

static const struct {
  enum rill_kind kind;
  const char* in;
  const char* out;
  int32_t status;
  const char* text;
} odd_payloads[] = {
  { RILL_KIND_TEXT, "\xff", "same", RILL_ERR_INPUT, "" },
  { RILL_KIND_JSON, "{", "same", RILL_ERR_INPUT, "" },
  { RILL_KIND_JSON, "{}", "text", RILL_ERR_FAILED, "this is none" },
  { RILL_KIND_JSON, "[1, 2]", "text", RILL_ERR_FAILED, "this is none" },
  { RILL_KIND_JSON, "{\"base64\": [1]}", "bytes", RILL_ERR_FAILED,
    "expects bytes" },
  { RILL_KIND_TEXT, "x", "bytes", RILL_ERR_FAILED, "expects bytes" },
  { RILL_KIND_JSON, "{\"base64\": \"a\"}", "bytes", RILL_ERR_FAILED,
    "wrong length" },
  { RILL_KIND_JSON, "{\"base64\": \"a*==\"}", "bytes", RILL_ERR_FAILED,
    "expects bytes" },
};

START_TEST(a_payload_of_another_kind_is_refused)
{
  struct rig* const rig = open_child("{}");
  rig_set(rig, "out", odd_payloads[_i].out);
  rig_payload(rig, 0, odd_payloads[_i].kind, 0);
  rig_start(rig, 64);
  rig_push_text(rig, 0, odd_payloads[_i].in, 0);
  ck_assert_int_eq(rig_try_run(rig), odd_payloads[_i].status);
  expect_text(rig, odd_payloads[_i].text);
  rig_close(rig);
}
END_TEST

START_TEST(a_text_larger_than_its_buffer_gets_its_own)
{
  enum { LONG = 300000 };
  char* const text = malloc(LONG + 1);
  struct rig* const rig = open_child("{}");
  memset(text, 'x', LONG);
  text[LONG] = '\0';
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  rig_start(rig, 64);
  rig_push_text(rig, 0, text, 0);
  rig_push_text(rig, 0, "short", 1);
  rig_drain(rig);
  ck_assert_str_eq(rig_out_text(rig, 0, 0), text);
  ck_assert_str_eq(rig_out_text(rig, 0, 1), "short");
  rig_close(rig);
  free(text);
}
END_TEST

START_TEST(audio_of_no_audio_needs_numbers)
{
  struct rig* const rig = open_child("{}");
  rig_set(rig, "out", "audio");
  rig_payload(rig, 0, RILL_KIND_JSON, 0);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  expect_text(rig, "'out_rate' and 'out_channels'");
  rig_close(rig);
}
END_TEST

// -- ids, streams -----------------------------------------------------------

static const struct {
  const char* params;
  int32_t status;
  const char* text;
} ids[] = {
  { "{\"say\": {\"ids\": true}}", RILL_OK, "" },
  { "{\"say\": {\"ids\": true}, \"wrong\": 1}", RILL_ERR_FAILED,
    "another id than 1" },
  { "{\"say\": {\"ids\": true}, \"forget\": 2}", RILL_ERR_FAILED,
    "without an id: 2" },
  { "{\"say\": {\"ids\": false}, \"wrong\": 1}", RILL_OK, "" },
};

// 117
START_TEST(a_child_that_has_ids_must_give_them_back)
{
  struct rig* const rig = open_child(ids[_i].params);
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  rig_start(rig, 64);
  rig_push_text(rig, 0, "a", 0);
  rig_push_text(rig, 0, "b", 1);
  int32_t rc = rig_try_run(rig);
  rc = rc < 0 ? rc : rig_try_drain(rig);
  ck_assert_int_eq(rc, ids[_i].status);
  expect_text(rig, ids[_i].text);
  rig_close(rig);
}
END_TEST

static const char* const streams[] = {
  "{\"do\": \"count\"}", // a new child
  "{\"do\": \"count\", \"say\": {\"reset\": true}}",
};

START_TEST(the_next_stream_finds_a_fresh_child)
{
  struct rig* const rig = open_child(streams[_i]);
  rig_set(rig, "out", "json");
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  rig_start(rig, 64);
  for (int i = 0; i < 3; ++i) {
    rig_push_text(rig, 0, "a", 0);
    if (i < 2) {
      rig_drain(rig);
    } else {
      rig_run(rig); // and one that is broken off
    }
    ck_assert_ptr_nonnull(strstr(rig_out_text(rig, 0, 0), "{\"n\": 1,"));
    rig_reset(rig);
  }
  rig_close(rig);
}
END_TEST

static void*
run_stream(void* arg)
{
  struct rig* const rig = arg;
  rig_push_text(rig, 0, "a", 0);
  rig_drain(rig);
  return NULL;
}

static const struct {
  const char* params;
  int is_kept;
} kept[] = {
  { "{\"do\": \"pid\"}", 0 },
  { "{\"do\": \"pid\", \"say\": {\"reset\": true}}", 1 },
};

// Even when the thread that started it has ended.
START_TEST(a_child_that_can_be_reset_is_kept)
{
  char first[32];
  pthread_t thread;
  struct rig* const rig = open_child(kept[_i].params);
  rig_set(rig, "out", "json");
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  rig_start(rig, 64);
  ck_assert_int_eq(pthread_create(&thread, NULL, run_stream, rig), 0);
  pthread_join(thread, NULL);
  snprintf(first, sizeof first, "%s", rig_out_text(rig, 0, 0));
  rig_reset(rig);
  run_stream(rig);
  ck_assert_int_eq(!strcmp(rig_out_text(rig, 0, 0), first), kept[_i].is_kept);
  rig_close(rig);
}
END_TEST

// Texts that need a buffer of their own.
START_TEST(no_memory_for_an_output_is_said)
{
  enum { LONG = 300000 };
  char* const text = calloc(1, LONG + 1);
  struct rig* const rig = open_child("{}");
  memset(text, 'x', LONG);
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  rig_start(rig, 64);
  rig_push_text(rig, 0, text, 0);
  fake_host_fail_alloc(rig_host(rig), 1);
  ck_assert_int_eq(rig_try_run(rig), RILL_ERR_NO_MEMORY);
  rig_close(rig);
  free(text);
}
END_TEST

START_TEST(what_it_says_while_it_works_is_no_harm)
{
  float in[1000] = { 0 };
  struct rig* const rig = open_child("{\"do\": \"loud\"}");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 1);
  rig_push_f32(rig, 0, in, 1000);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 1000);
  rig_close(rig);
}
END_TEST

START_TEST(a_node_that_nobody_reads_works_all_the_same)
{
  struct rig* const rig = open_child("{}");
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  rig_unlink_out(rig, 0);
  rig_start(rig, 64);
  rig_push_text(rig, 0, "a", 0);
  rig_drain(rig);
  rig_close(rig);
}
END_TEST

START_TEST(no_input_is_init_and_finish)
{
  struct rig* const rig = open_child("{}");
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 64);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 0);
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, every_float_comes_back, 0, COUNT(codings));
  tcase_add_loop_test(tcase, every_encoding_comes_back, 0, COUNT(encodings));
  tcase_add_test(tcase, samples_that_have_no_json_are_named);
  tcase_add_test(tcase, the_output_has_the_format_that_was_said);
  tcase_add_test(tcase, another_rate_keeps_its_own_time);
  tcase_add_test(tcase, many_outputs_become_many_buffers);
  tcase_add_test(tcase, what_is_kept_comes_at_the_end);
  tcase_add_test(tcase, full_pipes_both_ways_are_no_deadlock);
  tcase_add_test(tcase, a_long_answer_is_given_in_pieces);
  tcase_add_loop_test(tcase, payloads_become_values_and_back, 0,
                      COUNT(payloads));
  tcase_add_loop_test(tcase, a_payload_of_another_kind_is_refused, 0,
                      COUNT(odd_payloads));
  tcase_add_test(tcase, a_text_larger_than_its_buffer_gets_its_own);
  tcase_add_test(tcase, audio_of_no_audio_needs_numbers);
  tcase_add_loop_test(tcase, a_child_that_has_ids_must_give_them_back, 0,
                      COUNT(ids));
  tcase_add_loop_test(tcase, the_next_stream_finds_a_fresh_child, 0,
                      COUNT(streams));
  tcase_add_loop_test(tcase, a_child_that_can_be_reset_is_kept, 0,
                      COUNT(kept));
  tcase_add_test(tcase, no_memory_for_an_output_is_said);
  tcase_add_test(tcase, what_it_says_while_it_works_is_no_harm);
  tcase_add_test(tcase, a_node_that_nobody_reads_works_all_the_same);
  tcase_add_test(tcase, no_input_is_init_and_finish);
}

int
main(void)
{
  return suite_run("json_shim", 60, add_tests);
}
