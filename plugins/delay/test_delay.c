// SPDX-License-Identifier: ISC
#include "plugins/state_test.h"
#include "tests/suite.h"

#include <math.h>

#define PATH "plugins/delay/delay"

enum { N = 5000, CHANNELS = 2, RATE = 8000 };

static float signal[N * CHANNELS];
static struct blob blob;

static struct rig*
start(const char* symbol, const char* text, uint32_t block)
{
  struct rig* const rig = rig_open(PATH, "delay");
  for (uint32_t i = 0; i < N * CHANNELS; ++i) {
    signal[i] = sinf((float)i) + 2.0f;
  }
  rig_set(rig, symbol, text);
  rig_audio(rig, 0, RATE, CHANNELS);
  rig_start(rig, 4096);
  rig_block(rig, block);
  return rig;
}

// what is written where in the saved state of 100 frames
static const struct {
  uint32_t version;
  int32_t n_more; // bytes
  uint32_t at;
  uint32_t word;
} damages[] = {
  { 2, 0, 0, CHANNELS },  { 1, -1, 0, CHANNELS }, { 1, 4, 0, CHANNELS },
  { 1, -816 + 15, 0, 2 }, { 1, 0, 0, 1 },         { 1, 0, 4, 99 },
  { 1, 0, 8, 100 },       { 1, 0, 12, 101 },      { 1, -816, 0, 0 },
};

START_TEST(damaged_state_is_refused_and_leaves_the_node_fresh)
{
  struct rig* const rig = start("frames", "100", 64);
  struct rig* const other = start("frames", "100", 64);
  rig_push_f32(other, 0, signal, N);
  rig_run(other);
  blob_export(other, &blob);
  memcpy(blob.data + damages[_i].at, &damages[_i].word, 4);
  blob.n = (uint64_t)((int64_t)blob.n + damages[_i].n_more);
  ck_assert_int_eq(blob_import(rig, damages[_i].version, &blob),
                   RILL_ERR_BAD_STATE_BLOB);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "saved state"));
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[99], 0.0f);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[100], signal[0]);
  rig_close(other);
  rig_close(rig);
}
END_TEST

static const struct {
  const char* symbol;
  const char* text;
  uint32_t n_frames;
} delays[] = {
  { "delay", "0s", 0 },        { "frames", "1", 1 },
  { "delay", "20ms", 160 },    { "delay", "1s", 8000 }, // longer than the clip
  { "frames", "63", 63 },      { "frames", "64", 64 },
  { "frames", "4097", 4097 },  { "delay", "0.00005s", 0 }, // 0.4 frames
};

static const uint32_t blocks[] = { 1, 64, 1000, 4096 };

START_TEST(what_comes_in_comes_out_later)
{
  const uint32_t n_delay = delays[_i / 4].n_frames;
  struct rig* const rig =
    start(delays[_i / 4].symbol, delays[_i / 4].text, blocks[_i % 4]);
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  ck_assert_uint_eq(rig_activation(rig)->latency_frames, 0);
  ck_assert_uint_eq(rig_activation(rig)->tail_frames, n_delay);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N + n_delay);
  for (uint32_t c = 0; c < CHANNELS; ++c) {
    const float* const out = rig_out_f32(rig, 0, c);
    for (uint32_t i = 0; i < n_delay; ++i) {
      ck_assert_float_eq(out[i], 0.0f);
    }
    ck_assert_mem_eq(out + n_delay, signal + c * N, N * sizeof(float));
  }
  int64_t n = 0;
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    ck_assert_int_eq(rig_out_item(rig, 0, i)->media_pos, n);
    n += rig_out_item(rig, 0, i)->n_frames;
  }
  rig_close(rig);
}
END_TEST

START_TEST(in_place_is_the_same)
{
  const char* const params[] = { delays[_i].symbol, delays[_i].text, NULL };
  const struct rig_case c = { PATH, "delay", params, signal, N, RATE, CHANNELS,
                              0, 0.0f };
  rig_close(start("frames", "1", 1)); // fills the signal
  rig_check_blocks(&c);
}
END_TEST

START_TEST(reset_forgets_what_is_under_way)
{
  struct rig* const rig = start("frames", "100", 64);
  rig_push_f32(rig, 0, signal, 150);
  rig_run(rig);
  rig_reset(rig);
  rig_push_f32(rig, 0, signal + 7, 300);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 400);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[0], 0.0f);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0) + 100, signal + 7,
                   300 * sizeof(float));
  rig_close(rig);
}
END_TEST

START_TEST(a_swap_loses_no_frame)
{
  struct rig* const first = start("frames", "100", 64);
  struct rig* const second = start("frames", "100", 64);
  rig_push_f32(first, 0, signal, 1234);
  rig_run(first);
  blob_export(first, &blob);
  ck_assert_int_eq(blob_import(second, 1, &blob), RILL_OK);
  rig_push_f32(second, 0, signal + 1234, N - 1234);
  rig_drain(second);
  ck_assert_uint_eq(rig_out_frames(second, 0), N - 1234 + 100);
  ck_assert_mem_eq(rig_out_f32(second, 0, 0), signal + 1134,
                   (N - 1134) * sizeof(float));
  ck_assert_uint_eq(blob_ops(second)->history_frames(rig_node(second)), 100);
  rig_close(first);
  rig_close(second);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase,
                      damaged_state_is_refused_and_leaves_the_node_fresh, 0,
                      RILL_COUNT(damages));
  tcase_add_loop_test(tcase, what_comes_in_comes_out_later, 0,
                      4 * RILL_COUNT(delays));
  tcase_add_loop_test(tcase, in_place_is_the_same, 0, RILL_COUNT(delays));
  tcase_add_test(tcase, reset_forgets_what_is_under_way);
  tcase_add_test(tcase, a_swap_loses_no_frame);
}

int
main(void)
{
  return suite_run("delay", 20, add_tests);
}
