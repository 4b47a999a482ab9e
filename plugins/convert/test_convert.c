// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>

enum { N = 1300, MAX_CHANNELS = 9, N_ENCODINGS = 7 };

static const char* const names[] = { "u8",  "s8",  "s16", "s24",
                                     "s32", "f32", "f64" };
static const uint32_t encodings[] = { RILL_ENC_U8,  RILL_ENC_S8,  RILL_ENC_S16,
                                      RILL_ENC_S24, RILL_ENC_S32, RILL_ENC_F32,
                                      RILL_ENC_F64 };
static const char* const packings[] = { "planar", "interleaved" };

// Values that every encoding holds exactly, so each must come out as it was.
static float signal[N * MAX_CHANNELS];

static void
fill_signal(void)
{
  for (uint32_t i = 0; i < N * MAX_CHANNELS; ++i) {
    signal[i] = (float)((int)(i * 37u % 256u) - 128) / 128.0f;
  }
}

static struct rig*
open_convert(uint32_t encoding, uint32_t packing, uint32_t channels)
{
  const struct rill_format format = {
    .kind = RILL_KIND_AUDIO,
    .encoding = encoding,
    .rate = 44100,
    .rate_den = 1,
    .channels = channels,
    .packing = packing,
    .layout = channels == 2 ? RILL_CH_FL | RILL_CH_FR : 0,
  };
  struct rig* const rig = rig_open("plugins/convert/convert", "convert");
  fill_signal();
  rig_format(rig, 0, &format);
  return rig;
}

static void
push_and_drain(struct rig* rig, uint32_t block)
{
  rig_block(rig, block);
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
}

START_TEST(dither_without_rounding_is_refused)
{
  struct rig* const rig = open_convert(RILL_ENC_F32, RILL_PLANAR, 1);
  rig_set(rig, "encoding", "s16");
  rig_set(rig, "scale", _i ? "fast" : "legacy");
  rig_set(rig, "dither", "tpdf");
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "dither=none"));
  rig_close(rig);
}
END_TEST

static const struct {
  uint32_t encoding;
  uint32_t packing;
  const char* want_encoding;
  const char* want_packing;
  uint32_t out_encoding;
  uint32_t out_packing;
} formats[] = {
  { RILL_ENC_S16, 1, "auto", "auto", RILL_ENC_S16, 1 },
  { RILL_ENC_S16, 1, "f32", "auto", RILL_ENC_F32, 1 },
  { RILL_ENC_S16, 1, "auto", "planar", RILL_ENC_S16, 0 },
  { RILL_ENC_F32, 0, "s24", "interleaved", RILL_ENC_S24, 1 },
};

START_TEST(auto_keeps_what_comes)
{
  struct rig* const rig =
    open_convert(formats[_i].encoding, formats[_i].packing, 2);
  rig_set(rig, "encoding", formats[_i].want_encoding);
  rig_set(rig, "packing", formats[_i].want_packing);
  rig_start(rig, 64);
  const struct rill_format* const out = rig_out_format(rig, 0);
  ck_assert_uint_eq(out->encoding, formats[_i].out_encoding);
  ck_assert_uint_eq(out->packing, formats[_i].out_packing);
  ck_assert_uint_eq(out->rate, 44100);
  ck_assert_uint_eq(out->channels, 2);
  ck_assert_uint_eq(out->layout, RILL_CH_FL | RILL_CH_FR);
  rig_close(rig);
}
END_TEST

static void
ck_signal(struct rig* rig, uint32_t channels)
{
  ck_assert_uint_eq(rig_out_frames(rig, 0), N);
  for (uint32_t c = 0; c < channels; ++c) {
    const float* const out = rig_out_f32(rig, 0, c);
    for (uint32_t i = 0; i < N; ++i) {
      ck_assert_msg(out[i] == signal[c * N + i],
                    "channel %u frame %u: %g, not %g", c, i, (double)out[i],
                    (double)signal[c * N + i]);
    }
  }
}

// Each pair of encodings, in all four pairs of packings.
START_TEST(every_format_becomes_every_other)
{
  const uint32_t from = (uint32_t)_i / N_ENCODINGS;
  const uint32_t to = (uint32_t)_i % N_ENCODINGS;
  for (uint32_t k = 0; k < 4 * MAX_CHANNELS; ++k) {
    const uint32_t channels = k / 4 + 1;
    struct rig* const rig = open_convert(encodings[from], k % 2, channels);
    rig_set(rig, "encoding", names[to]);
    rig_set(rig, "packing", packings[k / 2 % 2]);
    rig_start(rig, 1000);
    push_and_drain(rig, 1000);
    ck_signal(rig, channels);
    rig_close(rig);
  }
}
END_TEST

START_TEST(blocks_of_seven_packed_frames_convert)
{
  struct rig* const rig = open_convert(RILL_ENC_S24, RILL_INTERLEAVED, 3);
  rig_set(rig, "encoding", "f32");
  rig_set(rig, "packing", "planar");
  rig_start(rig, 7);
  push_and_drain(rig, 7);
  ck_signal(rig, 3);
  rig_close(rig);
}
END_TEST

static const struct {
  const char* const* params;
  uint32_t channels;
} cases[] = {
  { (const char* const[]){ "encoding", "s16", NULL }, 2 },
  { (const char* const[]){ "encoding", "s16", "packing", "interleaved", NULL },
    2 },
  { (const char* const[]){ "encoding", "u8", "packing", "interleaved", NULL },
    5 },
  { (const char* const[]){ "encoding", "s24", "dither", "tpdf", NULL }, 1 },
  { (const char* const[]){ "encoding", "s16", "packing", "interleaved",
                           "dither", "tpdf", NULL },
    2 },
  { (const char* const[]){ NULL }, 3 },
};

START_TEST(block_sizes_do_not_matter)
{
  const struct rig_case c = { "plugins/convert/convert",
                              "convert",
                              cases[_i].params,
                              signal,
                              N,
                              48000,
                              cases[_i].channels,
                              0,
                              0.0f };
  fill_signal();
  for (uint32_t i = 0; i < N * MAX_CHANNELS; ++i) {
    signal[i] = sinf((float)i) * 1.1f;
  }
  rig_check_blocks(&c);
}
END_TEST

// A constant a quarter of a step above zero: without dither it is lost, with
// it the mean stays.
START_TEST(dither_keeps_what_rounding_loses)
{
  struct rig* const rig = open_convert(RILL_ENC_F32, RILL_PLANAR, 2);
  float sums[2] = { 0.0f, 0.0f };
  uint32_t n_equal = 0;
  rig_set(rig, "encoding", "s16");
  rig_set(rig, "dither", "tpdf");
  rig_start(rig, 64);
  for (uint32_t i = 0; i < 2 * N; ++i) {
    signal[i] = 0.25f / 32768.0f;
  }
  push_and_drain(rig, 64);
  for (uint32_t i = 0; i < N; ++i) {
    const float left = rig_out_f32(rig, 0, 0)[i] * 32768.0f;
    const float right = rig_out_f32(rig, 0, 1)[i] * 32768.0f;
    ck_assert_float_le(fabsf(left), 1.0f);
    sums[0] += left;
    sums[1] += right;
    n_equal += left == right;
  }
  ck_assert_float_eq_tol(sums[0] / N, 0.25f, 0.06f);
  ck_assert_float_eq_tol(sums[1] / N, 0.25f, 0.06f);
  ck_assert_uint_lt(n_equal, N * 3 / 4);
  rig_close(rig);
}
END_TEST

START_TEST(dither_leaves_wider_formats_alone)
{
  struct rig* const rig = open_convert(RILL_ENC_S16, RILL_PLANAR, 1);
  rig_set(rig, "encoding", "s24");
  rig_set(rig, "dither", "tpdf");
  rig_start(rig, 64);
  push_and_drain(rig, 64);
  ck_signal(rig, 1);
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, dither_without_rounding_is_refused, 0, 2);
  tcase_add_loop_test(tcase, auto_keeps_what_comes, 0, RILL_COUNT(formats));
  tcase_add_loop_test(tcase, every_format_becomes_every_other, 0,
                      N_ENCODINGS * N_ENCODINGS);
  tcase_add_test(tcase, blocks_of_seven_packed_frames_convert);
  tcase_add_loop_test(tcase, block_sizes_do_not_matter, 0, RILL_COUNT(cases));
  tcase_add_test(tcase, dither_keeps_what_rounding_loses);
  tcase_add_test(tcase, dither_leaves_wider_formats_alone);
}

int
main(void)
{
  return suite_run("convert", 30, add_tests);
}
