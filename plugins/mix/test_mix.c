// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>

enum { N = 5000, MAX_INPUTS = 4 };

static float signals[MAX_INPUTS][2 * N];

static struct rig*
open_mix(uint32_t n_inputs, const char* gains)
{
  struct rig* const rig = rig_open("plugins/mix/mix", "mix");
  for (uint32_t k = 0; k < MAX_INPUTS; ++k) {
    for (uint32_t i = 0; i < 2 * N; ++i) {
      signals[k][i] = sinf((float)i * (0.3f + (float)k));
    }
  }
  rig_links(rig, "in", n_inputs);
  rig_set(rig, "gains", gains);
  for (uint32_t k = 0; k < n_inputs; ++k) {
    rig_audio(rig, k, 48000, 2);
  }
  return rig;
}

static const struct {
  uint32_t n_inputs;
  const char* gains;
  uint32_t rate; // of the last input
  uint32_t channels;
  int32_t status;
  const char* text;
} refusals[] = {
  { 3, "0dB, -6dB", 48000, 2, RILL_ERR_BAD_PARAM, "2 numbers for 3 inputs" },
  { 1, "0dB, -6dB", 48000, 2, RILL_ERR_BAD_PARAM, "2 numbers for 1 inputs" },
  { 2, "", 44100, 2, RILL_ERR_BAD_FORMAT, "input 2 has 2 channels at 44100" },
  { 3, "", 48000, 1, RILL_ERR_BAD_FORMAT, "input 3 has 1 channels at 48000" },
};

START_TEST(what_does_not_fit_is_refused)
{
  struct rig* const rig = open_mix(refusals[_i].n_inputs, refusals[_i].gains);
  rig_audio(rig, refusals[_i].n_inputs - 1, refusals[_i].rate,
            refusals[_i].channels);
  ck_assert_int_eq(rig_try_start(rig, 64), refusals[_i].status);
  ck_assert_msg(strstr(rig_error(rig), refusals[_i].text) != NULL, "%s",
                rig_error(rig));
  rig_close(rig);
}
END_TEST

// Frames of each input, gains, and their factors.
static const struct {
  uint32_t n_inputs;
  uint32_t n_frames[MAX_INPUTS];
  const char* gains;
  float factors[MAX_INPUTS];
} mixes[] = {
  { 1, { N }, "", { 1 } },
  { 2, { N, N }, "", { 1, 1 } },
  { 4, { N, N, N, N }, "0dB, -20dB, 20dB, 0dB", { 1, 0.1f, 10, 1 } },
  // shorter ones are silent behind their end, the first one too
  { 2, { N, 1234 }, "", { 1, 1 } },
  { 3, { 77, N, 1000 }, "", { 1, 1, 1 } },
  { 2, { 0, N }, "", { 1, 1 } },
};

static const uint32_t blocks[] = { 1, 64, 1000, 4096 };

static float
sum_at(int k, uint32_t channel, uint32_t frame)
{
  float sum = 0.0f;
  int any = 0;
  for (uint32_t s = 0; s < mixes[k].n_inputs; ++s) {
    const uint32_t n = mixes[k].n_frames[s];
    if (frame < n) {
      const float x = signals[s][channel * n + frame] * mixes[k].factors[s];
      sum = any ? sum + x : x;
      any = 1;
    }
  }
  return sum;
}

// All block sizes, in place and not, against one sum: so they are alike.
START_TEST(the_output_is_the_sum_in_order)
{
  const int k = _i / 8;
  struct rig* const rig = open_mix(mixes[k].n_inputs, mixes[k].gains);
  rig_in_place(rig, (uint32_t)_i / 4 % 2);
  rig_start(rig, 4096);
  rig_block(rig, blocks[_i % 4]);
  for (uint32_t s = 0; s < mixes[k].n_inputs; ++s) {
    rig_push_f32(rig, s, signals[s], mixes[k].n_frames[s]);
  }
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N);
  for (uint32_t c = 0; c < 2; ++c) {
    for (uint32_t i = 0; i < N; ++i) {
      const float sum = sum_at(k, c, i);
      ck_assert_msg(rig_out_f32(rig, 0, c)[i] == sum,
                    "channel %u frame %u: %g, not %g", c, i,
                    (double)rig_out_f32(rig, 0, c)[i], (double)sum);
    }
  }
  rig_close(rig);
}
END_TEST

START_TEST(positions_follow_whoever_is_left)
{
  struct rig* const rig = open_mix(2, "");
  rig_start(rig, 1000);
  rig_push_f32(rig, 0, signals[0], 1500);
  rig_push_f32(rig, 1, signals[1], N);
  rig_drain(rig);
  int64_t n = 0;
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    ck_assert_int_eq(rig_out_item(rig, 0, i)->media_pos, n);
    n += rig_out_item(rig, 0, i)->n_frames;
  }
  ck_assert_int_eq(n, N);
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, what_does_not_fit_is_refused, 0,
                      RILL_COUNT(refusals));
  tcase_add_loop_test(tcase, the_output_is_the_sum_in_order, 0,
                      8 * RILL_COUNT(mixes));
  tcase_add_test(tcase, positions_follow_whoever_is_left);
}

int
main(void)
{
  return suite_run("mix", 20, add_tests);
}
