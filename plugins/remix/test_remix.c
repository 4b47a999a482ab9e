// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>

#define PATH "plugins/remix/remix"
#define SIDE_51 0x60fu // 5.1 with sides where the usual one has backs
#define H 0.70710678f

enum { N = 3000, MAX_CHANNELS = 8 };

static float signal[N * MAX_CHANNELS];

static struct rig*
open_remix(uint32_t channels, uint64_t layout, const char* const* params)
{
  const struct rill_format format = { .kind = RILL_KIND_AUDIO,
                                      .encoding = RILL_ENC_F32,
                                      .rate = 48000,
                                      .rate_den = 1,
                                      .channels = channels,
                                      .layout = layout };
  struct rig* const rig = rig_open(PATH, "remix");
  for (uint32_t i = 0; i < N * MAX_CHANNELS; ++i) {
    signal[i] = sinf((float)i * 1.7f);
  }
  rig_set_all(rig, params);
  rig_format(rig, 0, &format);
  return rig;
}

#define P(...) (const char* const[]){ __VA_ARGS__, NULL }

static const struct {
  uint32_t channels;
  const char* const* params;
  const char* text; // in the message
} refusals[] = {
  { 2, P("layout", "5.1", "channels", "2"), "2, but layout makes 6" },
  { 2, P("matrix", "1, 0, 1"), "a row has one number for each input" },
  { 2, P("matrix", "1"), "a row has one number for each input" },
  { 2, P("matrix", "1, 1", "channels", "2"), "channels is 2, but matrix" },
  { 2, P("matrix", "1, 1", "layout", "stereo"), "2 for each of 2 outputs" },
  { 3, P("channels", "2"), "matrix=[...]" },
  { 7, P("layout", "5.1"), "no rule makes 6 channels of 7" },
};

START_TEST(what_has_no_meaning_is_refused_with_the_cure)
{
  struct rig* const rig =
    open_remix(refusals[_i].channels, 0, refusals[_i].params);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  ck_assert_msg(strstr(rig_error(rig), refusals[_i].text) != NULL, "%s",
                rig_error(rig));
  rig_close(rig);
}
END_TEST

// Output channels as rows of factors of the input channels.
static const struct {
  uint32_t n_in;
  uint64_t layout; // 0: not said
  const char* const* params;
  uint32_t n_out;
  uint64_t out_layout;
  float matrix[MAX_CHANNELS * MAX_CHANNELS];
} mixes[] = {
  { 2, 0, P("channels", "0"), 2, 0, { 1, 0, 0, 1 } },
  { 2, 3, P("channels", "1"), 1, 4, { 0.5f, 0.5f } },
  { 2, 0, P("layout", "mono", "normalise", "false"), 1, 4, { H, H } },
  { 1, 0, P("channels", "2"), 2, 3, { 1, 1 } },
  { 1, 4, P("layout", "2.1"), 3, 11, { 1, 1, 0 } },
  { 1, 4, P("layout", "5.1"), 6, 0x3f, { 0, 0, 1, 0, 0, 0 } },
  { 2, 0, P("layout", "quad"), 4, 0x33, { 1, 0, 0, 1, 0, 0, 0, 0 } },
  // to stereo as in BS.775: 1, 0.7071, 0.7071, and the LFE left out
  { 6, 0, P("channels", "2", "normalise", "false"), 2, 3,
    { 1, 0, H, 0, H, 0, 0, 1, H, 0, 0, H } },
  { 6, SIDE_51, P("channels", "2", "normalise", "false"), 2, 3,
    { 1, 0, H, 0, H, 0, 0, 1, H, 0, 0, H } },
  { 6, 0x3f, P("layout", "stereo"), 2, 3,
    { 0.41421356f, 0, 0.29289322f, 0, 0.29289322f, 0, 0, 0.41421356f,
      0.29289322f, 0, 0, 0.29289322f } },
  { 6, 0, P("layout", "mono", "normalise", "false"), 1, 4,
    { H, H, 1, 0, 0.5f, 0.5f } },
  { 5, 0, P("layout", "quad", "normalise", "false"), 4, 0x33,
    { 1, 0, H, 0, 0, 0, 1, H, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1 } },
  // sides become backs where there are only backs
  { 6, SIDE_51, P("layout", "5.1"), 6, 0x3f,
    { 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0,
      0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1 } },
  // places not known: the mean, copies, or each to its own
  { 3, 0, P("channels", "1"), 1, 4, { 1 / 3.0f, 1 / 3.0f, 1 / 3.0f } },
  { 1, 0, P("channels", "3"), 3, 0, { 1, 1, 1 } },
  { 2, 0, P("channels", "3"), 3, 0, { 1, 0, 0, 1, 0, 0 } },
  // a matrix is used as it stands
  { 2, 0, P("matrix", "[[1, -1]]"), 1, 4, { 1, -1 } },
  { 2, 0, P("matrix", "[[0, 1], [1, 0]]", "layout", "stereo"), 2, 3,
    { 0, 1, 1, 0 } },
  { 2, 0, P("matrix", "0, 0, 0.25, 2, -3, 0", "channels", "3"), 3, 0,
    { 0, 0, 0.25f, 2, -3, 0 } },
};

START_TEST(outputs_are_weighted_sums_of_inputs)
{
  const uint32_t n_in = mixes[_i].n_in;
  struct rig* const rig =
    open_remix(n_in, mixes[_i].layout, mixes[_i].params);
  rig_start(rig, 1000);
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_format(rig, 0)->channels, mixes[_i].n_out);
  ck_assert_uint_eq(rig_out_format(rig, 0)->layout, mixes[_i].out_layout);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N);
  for (uint32_t r = 0; r < mixes[_i].n_out; ++r) {
    for (uint32_t i = 0; i < N; ++i) {
      float sum = 0.0f;
      for (uint32_t c = 0; c < n_in; ++c) {
        sum += mixes[_i].matrix[r * n_in + c] * signal[c * N + i];
      }
      ck_assert_msg(fabsf(rig_out_f32(rig, 0, r)[i] - sum) <= 1e-6f,
                    "output %u, frame %u: %g, not %g", r, i,
                    (double)rig_out_f32(rig, 0, r)[i], (double)sum);
    }
  }
  rig_close(rig);
}
END_TEST

START_TEST(what_is_not_used_cannot_spoil_the_rest)
{
  struct rig* const rig = open_remix(6, 0, P("channels", "2"));
  rig_start(rig, 1000);
  for (uint32_t i = 0; i < N; ++i) {
    signal[3 * N + i] = i % 2 ? NAN : INFINITY; // LFE
  }
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  for (uint32_t i = 0; i < N; ++i) {
    ck_assert(isfinite(rig_out_f32(rig, 0, 0)[i]));
  }
  rig_close(rig);
}
END_TEST

START_TEST(normalised_full_scale_does_not_clip)
{
  struct rig* const rig = open_remix(8, 0, P("layout", "stereo"));
  rig_start(rig, 1000);
  for (uint32_t i = 0; i < N * 8; ++i) {
    signal[i] = 1.0f;
  }
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  ck_assert_float_le(rig_out_f32(rig, 0, 0)[0], 1.0f + 1e-6f);
  ck_assert_float_ge(rig_out_f32(rig, 0, 0)[0], 1.0f - 1e-6f);
  rig_close(rig);
}
END_TEST

static const struct {
  uint32_t channels;
  const char* const* params;
} cases[] = {
  { 2, P("channels", "1") },
  { 1, P("channels", "2") },
  { 6, P("channels", "2") },
  { 2, P("channels", "0") },
};

START_TEST(block_sizes_do_not_matter)
{
  const struct rig_case c = { PATH,  "remix", cases[_i].params, signal, N,
                              48000, cases[_i].channels, 0, 0.0f };
  rig_close(open_remix(1, 0, NULL)); // fills the signal
  rig_check_blocks(&c);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, what_has_no_meaning_is_refused_with_the_cure, 0,
                      RILL_COUNT(refusals));
  tcase_add_loop_test(tcase, outputs_are_weighted_sums_of_inputs, 0,
                      RILL_COUNT(mixes));
  tcase_add_test(tcase, what_is_not_used_cannot_spoil_the_rest);
  tcase_add_test(tcase, normalised_full_scale_does_not_clip);
  tcase_add_loop_test(tcase, block_sizes_do_not_matter, 0, RILL_COUNT(cases));
}

int
main(void)
{
  return suite_run("remix", 20, add_tests);
}
