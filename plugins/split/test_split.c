// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

enum { N = 3000, MAX_CHANNELS = 20, MAX_OUTPUTS = 16 };

static float signal[N * MAX_CHANNELS];

// With the first *n_outputs* outputs connected.
static struct rig*
open_split(uint32_t channels, uint32_t n_outputs)
{
  struct rig* const rig = rig_open("plugins/split/split", "split");
  for (uint32_t i = 0; i < N * MAX_CHANNELS; ++i) {
    signal[i] = (float)i;
  }
  rig_audio(rig, 0, 48000, channels);
  for (uint32_t i = n_outputs; i < MAX_OUTPUTS; ++i) {
    rig_unlink_out(rig, i);
  }
  return rig;
}

START_TEST(a_channel_that_is_not_there_is_refused)
{
  struct rig* const rig = open_split(2, 3);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_FORMAT);
  ck_assert_ptr_nonnull(
    strstr(rig_error(rig), "output c3 is connected, but the input has 2"));
  rig_close(rig);
}
END_TEST

static const struct {
  uint32_t channels;
  uint32_t n_outputs;
} shapes[] = { { 1, 1 }, { 2, 2 }, { 2, 1 }, { 16, 16 }, { 20, 16 }, { 2, 0 } };

static const uint32_t blocks[] = { 1, 64, 1000, 4096 };

START_TEST(each_channel_comes_out_alone)
{
  const uint32_t n_outputs = shapes[_i / 4].n_outputs;
  struct rig* const rig = open_split(shapes[_i / 4].channels, n_outputs);
  rig_start(rig, 4096);
  rig_block(rig, blocks[_i % 4]);
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  for (uint32_t i = 0; i < MAX_OUTPUTS; ++i) {
    ck_assert_uint_eq(rig_out_frames(rig, i), i < n_outputs ? N : 0);
  }
  for (uint32_t i = 0; i < n_outputs; ++i) {
    ck_assert_uint_eq(rig_out_format(rig, i)->channels, 1);
    ck_assert_mem_eq(rig_out_f32(rig, i, 0), signal + (size_t)i * N,
                     N * sizeof(float));
  }
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_test(tcase, a_channel_that_is_not_there_is_refused);
  tcase_add_loop_test(tcase, each_channel_comes_out_alone, 0,
                      4 * RILL_COUNT(shapes));
}

int
main(void)
{
  return suite_run("split", 20, add_tests);
}
