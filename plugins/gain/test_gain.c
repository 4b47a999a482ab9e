// SPDX-License-Identifier: ISC
#include "plugins/state_test.h"
#include "tests/suite.h"

#include <math.h>

#define GLIDE 256 // frames, as the README says

enum { N = 5000, CHANNELS = 2 };

static float signal[N * CHANNELS];
static struct blob blob;

static struct rig*
start(const char* gain, uint32_t block)
{
  struct rig* const rig = rig_open("plugins/gain/gain", "gain");
  for (uint32_t i = 0; i < N * CHANNELS; ++i) {
    signal[i] = sinf((float)i * 0.37f);
  }
  rig_set(rig, "gain", gain);
  rig_audio(rig, 0, 48000, CHANNELS);
  rig_start(rig, 4096);
  rig_block(rig, block);
  return rig;
}

static void
ck_same_bytes(const float* a, const float* b, uint32_t n)
{
  ck_assert_mem_eq(a, b, n * sizeof *a);
}

// version, bytes changed: where to, what is written there
static const struct {
  uint32_t version;
  uint32_t n_bytes;
  uint32_t at;
  uint32_t word;
} damages[] = {
  { 2, 16, 0, 0x3f800000 }, // a version that is not known
  { 1, 15, 0, 0x3f800000 }, // cut
  { 1, 0, 0, 0x3f800000 },  // empty
  { 1, 17, 0, 0x3f800000 }, // too long
  { 1, 16, 4, 0x7fc00000 }, // target is NaN
  { 1, 16, 8, 0x7f800000 }, // step is infinite
  { 1, 16, 12, GLIDE + 1 }, // a glide that is too long
};

START_TEST(damaged_state_is_refused_and_leaves_the_node_fresh)
{
  struct rig* const rig = start("-6dB", 64);
  blob_export(rig, &blob);
  memcpy(blob.data + damages[_i].at, &damages[_i].word, 4);
  blob.n = damages[_i].n_bytes;
  ck_assert_int_eq(blob_import(rig, damages[_i].version, &blob),
                   RILL_ERR_BAD_STATE_BLOB);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "saved state"));

  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[7], signal[7] * 0.5011872336f);
  rig_close(rig);
}
END_TEST

static const struct {
  const char* text;
  float factor;
} factors[] = {
  { "0dB", 1.0f },
  { "-6dB", 0.5011872336f },
  { "60dB", 1000.0f },
  { "-120dB", 1e-6f },
};

START_TEST(every_sample_is_multiplied)
{
  struct rig* const rig = start(factors[_i].text, 1000);
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N);
  for (uint32_t c = 0; c < CHANNELS; ++c) {
    for (uint32_t i = 0; i < N; ++i) {
      ck_assert_float_eq(rig_out_f32(rig, 0, c)[i],
                         signal[c * N + i] * factors[_i].factor);
    }
  }
  rig_close(rig);
}
END_TEST

START_TEST(nan_and_infinity_pass_and_leave_nothing)
{
  struct rig* const rig = start("-6dB", 64);
  float odd[2 * CHANNELS] = { NAN, 1.0f, INFINITY, 1.0f };
  rig_push_f32(rig, 0, odd, 2);
  rig_drain(rig);
  ck_assert(isnan(rig_out_f32(rig, 0, 0)[0]));
  ck_assert(isinf(rig_out_f32(rig, 0, 1)[0]));
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[1], 0.5011872336f);
  rig_close(rig);
}
END_TEST

// From 1 to 10 at frame 1001, and on to 0.1 in the middle of that glide.
static void
play_glides(struct rig* rig)
{
  rig_event(rig, 1001, "gain", "20dB");
  rig_event(rig, 1001 + GLIDE / 2, "gain", "-20dB");
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
}

static float
factor_at(struct rig* rig, uint32_t frame)
{
  return rig_out_f32(rig, 0, 1)[frame] / signal[N + frame];
}

START_TEST(a_change_begins_at_its_frame_and_glides)
{
  struct rig* const rig = start("0dB", 4096);
  const uint32_t middle = 1001 + GLIDE / 2;
  play_glides(rig);
  ck_assert_float_eq(factor_at(rig, 1000), 1.0f);
  ck_assert_float_eq_tol(factor_at(rig, 1001), 1.0f, 1e-5f);
  ck_assert_float_eq_tol(factor_at(rig, 1002), 1.0f + 9.0f / GLIDE, 1e-5f);
  ck_assert_float_eq_tol(factor_at(rig, middle), 5.5f, 1e-5f);
  ck_assert_float_eq_tol(factor_at(rig, middle + GLIDE / 2), 2.8f, 1e-5f);
  ck_assert_float_gt(factor_at(rig, middle + GLIDE - 1), 0.1f);
  for (uint32_t i = middle + GLIDE; i < N; ++i) {
    ck_assert_float_eq(rig_out_f32(rig, 0, 1)[i], signal[N + i] * 0.1f);
  }
  rig_close(rig);
}
END_TEST

static const uint32_t blocks[] = { 1, 64, 1000, 1001, 4096 };

START_TEST(glides_do_not_depend_on_block_sizes)
{
  struct rig* const whole = start("0dB", 4096);
  struct rig* const cut = start("0dB", blocks[_i]);
  rig_in_place(cut, 1);
  play_glides(whole);
  play_glides(cut);
  for (uint32_t c = 0; c < CHANNELS; ++c) {
    ck_same_bytes(rig_out_f32(whole, 0, c), rig_out_f32(cut, 0, c), N);
  }
  rig_close(whole);
  rig_close(cut);
}
END_TEST

START_TEST(all_block_sizes_and_in_place_give_the_same_bytes)
{
  const char* const params[] = { "gain", "-3dB", NULL };
  const struct rig_case c = { "plugins/gain/gain", "gain", params, signal,
                              N, 48000, CHANNELS, 0, 0.0f };
  rig_close(start("0dB", 1)); // fills the signal
  rig_check_blocks(&c);
}
END_TEST

START_TEST(a_change_between_blocks_counts_from_the_next_frame)
{
  struct rig* const rig = start("0dB", 64);
  rig_push_f32(rig, 0, signal, 640);
  rig_run(rig);
  rig_event_now(rig, "gain", "20dB");
  rig_push_f32(rig, 0, signal, 640);
  rig_drain(rig);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[640 + 1],
                     signal[1] * (10.0f - 9.0f / GLIDE * (GLIDE - 1)));
  rig_close(rig);
}
END_TEST

START_TEST(reset_is_fresh)
{
  struct rig* const rig = start("-6dB", 64);
  play_glides(rig);
  rig_reset(rig);
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[0], signal[0] * 0.5011872336f);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[9], signal[9] * 0.5011872336f);
  rig_close(rig);
}
END_TEST

START_TEST(a_swap_inside_a_glide_goes_on_exactly)
{
  const uint32_t half = 1001 + GLIDE / 4;
  struct rig* const whole = start("0dB", 64);
  struct rig* const first = start("0dB", 64);
  struct rig* const second = start("0dB", 64);
  rig_event(whole, 1001, "gain", "20dB");
  rig_event(first, 1001, "gain", "20dB");
  rig_push_f32(whole, 0, signal, N / CHANNELS);
  rig_drain(whole);
  rig_push_f32(first, 0, signal, half);
  rig_run(first);

  blob_export(first, &blob);
  ck_assert_int_eq(blob_import(second, 1, &blob), RILL_OK);
  rig_push_f32(second, 0, signal + half, N / CHANNELS - half);
  rig_drain(second);
  ck_same_bytes(rig_out_f32(whole, 0, 0) + half, rig_out_f32(second, 0, 0),
                N / CHANNELS - half);
  rig_close(whole);
  rig_close(first);
  rig_close(second);
}
END_TEST

START_TEST(a_swap_to_another_gain_glides_there)
{
  struct rig* const first = start("20dB", 64);
  struct rig* const second = start("0dB", 64);
  rig_push_f32(first, 0, signal, 640);
  rig_run(first);
  blob_export(first, &blob);
  ck_assert_int_eq(blob_import(second, 1, &blob), RILL_OK);
  rig_push_f32(second, 0, signal, N);
  rig_drain(second);
  ck_assert_float_eq_tol(factor_at(second, 1), 10.0f - 9.0f / GLIDE, 1e-4f);
  ck_assert_float_eq(factor_at(second, GLIDE), 1.0f);
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
  tcase_add_loop_test(tcase, every_sample_is_multiplied, 0,
                      RILL_COUNT(factors));
  tcase_add_test(tcase, nan_and_infinity_pass_and_leave_nothing);
  tcase_add_test(tcase, a_change_begins_at_its_frame_and_glides);
  tcase_add_loop_test(tcase, glides_do_not_depend_on_block_sizes, 0,
                      RILL_COUNT(blocks));
  tcase_add_test(tcase, all_block_sizes_and_in_place_give_the_same_bytes);
  tcase_add_test(tcase, a_change_between_blocks_counts_from_the_next_frame);
  tcase_add_test(tcase, reset_is_fresh);
  tcase_add_test(tcase, a_swap_inside_a_glide_goes_on_exactly);
  tcase_add_test(tcase, a_swap_to_another_gain_glides_there);
}

int
main(void)
{
  return suite_run("gain", 10, add_tests);
}
