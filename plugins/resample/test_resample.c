// SPDX-License-Identifier: ISC
#include "plugins/state_test.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>

#define PATH "plugins/resample/resample"

enum { MAX_N = 200000 };

static float signal[MAX_N];

static struct rig*
start_way(uint32_t in_rate, const char* out_rate, const char* quality,
          const char* latency, uint32_t channels, uint32_t block)
{
  struct rig* const rig = rig_open(PATH, "resample");
  rig_set(rig, "rate", out_rate);
  rig_set(rig, "quality", quality);
  rig_set(rig, "latency", latency);
  rig_audio(rig, 0, in_rate, channels);
  rig_start(rig, 4096);
  rig_block(rig, block);
  return rig;
}

static struct rig*
start(uint32_t in_rate, const char* out_rate, const char* quality,
      uint32_t channels, uint32_t block)
{
  return start_way(in_rate, out_rate, quality, "normal", channels, block);
}

static void
fill_noise(void)
{
  uint32_t x = 1;
  for (uint32_t i = 0; i < MAX_N; ++i) {
    x = x * 1664525u + 1013904223u;
    signal[i] = (float)(int32_t)x * 0x1p-32f;
  }
}

static void
fill_tone(double cycles_per_frame)
{
  for (uint32_t i = 0; i < MAX_N; ++i) {
    signal[i] = (float)(0.5 * sin(2.0 * M_PI * cycles_per_frame * i));
  }
}

// frames in, rates, frames out: n * out / in to the nearest, halves up
static const struct {
  uint32_t n_in;
  uint32_t in_rate;
  const char* out_rate;
  uint32_t n_out;
} lengths[] = {
  { 0, 44100, "16kHz", 0 },
  { 1, 44100, "16kHz", 0 }, // 0.36
  { 2, 44100, "16kHz", 1 }, // 0.73
  { 1, 8000, "48kHz", 6 },
  { 44100, 44100, "16kHz", 16000 }, // a second is a second
  { 44100, 44100, "48kHz", 48000 },
  { 48000, 48000, "44.1kHz", 44100 },
  { 30011, 16000, "8kHz", 15006 }, // 15005.5
  { 30011, 44100, "16001Hz", 10889 },
  { 5000, 1000, "768kHz", 3840000 },
  { 100000, 768000, "1kHz", 130 },
  { 3, 1, "3Hz", 9 },
  { 77, 96000, "96kHz", 77 }, // the same rate
};

START_TEST(the_length_is_exact)
{
  static const uint32_t blocks[] = { 64, 4096 };
  fill_noise();
  for (uint32_t i = 0; i < 2; ++i) {
    struct rig* const rig = start(lengths[_i].in_rate, lengths[_i].out_rate,
                                  "high", 1, blocks[i]);
    rig_push_f32(rig, 0, signal, lengths[_i].n_in);
    rig_drain(rig);
    ck_assert_uint_eq(rig_out_frames(rig, 0), lengths[_i].n_out);
    rig_close(rig);
  }
}
END_TEST

START_TEST(the_same_rate_passes_through)
{
  struct rig* const rig = start(44100, "44.1kHz", "low", 2, 1000);
  fill_noise();
  rig_push_f32(rig, 0, signal, 5000);
  rig_drain(rig);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), signal, 5000 * sizeof(float));
  ck_assert_mem_eq(rig_out_f32(rig, 0, 1), signal + 5000,
                   5000 * sizeof(float));
  rig_close(rig);
}
END_TEST

START_TEST(positions_count_output_frames)
{
  struct rig* const rig = start(44100, "16kHz", "high", 1, 1000);
  uint64_t n = 0;
  fill_noise();
  rig_push_f32(rig, 0, signal, 44100);
  rig_drain(rig);
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    const struct rig_item* const item = rig_out_item(rig, 0, i);
    ck_assert_int_eq(item->media_pos, n);
    ck_assert_int_eq(item->pts_ns, n * 62500);
    n += item->n_frames;
  }
  ck_assert_uint_le(rig_activation(rig)->latency_frames, 0);
  rig_close(rig);
}
END_TEST

static const struct way {
  uint32_t in_rate;
  const char* out_rate;
  const char* quality;
  const char* latency;
} ways[] = {
  { 44100, "16kHz", "low", "normal" },
  { 44100, "16kHz", "medium", "normal" },
  { 44100, "16kHz", "high", "normal" },
  { 44100, "16kHz", "very-high", "normal" },
  { 44100, "48kHz", "high", "normal" },
  { 8000, "48kHz", "high", "normal" },
  { 48000, "44.1kHz", "very-high", "normal" },
  { 44100, "44101Hz", "high", "normal" }, // no table for each phase
  { 768000, "1kHz", "high", "normal" },   // filters beyond the largest window
  { 44100, "16kHz", "low", "low" },
  { 44100, "16kHz", "very-high", "low" },
  { 16000, "48kHz", "medium", "low" },
};

static struct rig*
start_nth(int way, uint32_t channels, uint32_t block)
{
  const struct way* const w = &ways[way];
  return start_way(w->in_rate, w->out_rate, w->quality, w->latency, channels,
                   block);
}

START_TEST(block_sizes_do_not_matter)
{
  const struct way* const w = &ways[_i];
  const char* const params[] = { "rate", w->out_rate, "quality", w->quality,
                                 "latency", w->latency, NULL };
  const struct rig_case c = { PATH,  "resample", params, signal, 20000,
                              w->in_rate, 3, 0, 0.0f };
  fill_noise();
  rig_check_blocks(&c);
}
END_TEST

// As many frames are missing after n of input as the node has reported, for
// the worst n of a long run, and never more.
START_TEST(the_tail_is_reported_exactly)
{
  const int way = _i / 2;
  const uint32_t channels = 1 + (uint32_t)_i % 2;
  struct rig* const rig = start_nth(way, channels, 1);
  const double ratio = (double)rig_out_format(rig, 0)->rate / ways[way].in_rate;
  // a frame of two channels is two samples of the noise
  const uint32_t n_in = ways[way].in_rate > 100000 ? MAX_N - 1 : 30000;
  const uint32_t tail = rig_activation(rig)->tail_frames;
  double most = 0.0;
  fill_noise();
  for (uint32_t i = 0; i < n_in; ++i) {
    rig_push_f32(rig, 0, signal + i, 1);
    rig_run(rig);
    most = fmax(most, floor((i + 1) * ratio + 0.5) -
                        (double)rig_out_frames(rig, 0));
  }
  ck_assert_double_le(most, tail);
  ck_assert_double_ge(most, tail - 1.0);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), (uint64_t)(n_in * ratio + 0.5));
  rig_close(rig);
}
END_TEST

START_TEST(reset_is_fresh)
{
  struct rig* const rig = start(44100, "16kHz", "high", 1, 1000);
  static float first[20000];
  fill_noise();
  rig_push_f32(rig, 0, signal, 44100);
  rig_drain(rig);
  memcpy(first, rig_out_f32(rig, 0, 0), 16000 * sizeof(float));
  rig_reset(rig);
  rig_push_f32(rig, 0, signal, 44100);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 16000);
  ck_assert_mem_eq(first, rig_out_f32(rig, 0, 0), 16000 * sizeof(float));
  rig_close(rig);
}
END_TEST

// A pulse stays where it is in time.
START_TEST(nothing_is_late)
{
  struct rig* const rig = start(48000, "16kHz", "high", 1, 1000);
  memset(signal, 0, sizeof signal);
  signal[3 * 5000] = 1.0f;
  rig_push_f32(rig, 0, signal, 48000);
  rig_drain(rig);
  for (uint32_t i = 0; i < 16000; ++i) {
    ck_assert_float_le(fabsf(rig_out_f32(rig, 0, 0)[i]),
                       rig_out_f32(rig, 0, 0)[5000]);
  }
  ck_assert_float_gt(rig_out_f32(rig, 0, 0)[5000], 0.2f);
  ck_assert_float_eq_tol(rig_out_f32(rig, 0, 0)[4990],
                         rig_out_f32(rig, 0, 0)[5010], 1e-6f);
  rig_close(rig);
}
END_TEST

START_TEST(nan_passes_by)
{
  struct rig* const rig = start(44100, "16kHz", "high", 1, 1000);
  fill_tone(0.01);
  signal[50000] = NAN;
  signal[50001] = INFINITY;
  rig_push_f32(rig, 0, signal, 100000);
  rig_drain(rig);
  const uint32_t there = 50000 * 160 / 441;
  uint32_t first = UINT32_MAX;
  uint32_t last = 0;
  for (uint32_t i = 0; i < rig_out_frames(rig, 0); ++i) {
    if (!isfinite(rig_out_f32(rig, 0, 0)[i])) {
      first = first < i ? first : i;
      last = i;
    }
  }
  ck_assert_uint_lt(there - first, 4096);
  ck_assert_uint_lt(last - there, 4096);
  rig_close(rig);
}
END_TEST

// -- rill.state/1 -------------------------------------------------------------

static struct blob blob;

// Half of a stream in one instance, the rest in another: the same bytes.
START_TEST(nothing_is_lost_on_the_way)
{
  const uint32_t n = ways[_i].in_rate > 100000 ? 100000 : 20000;
  const uint32_t half = n / 2 + 17;
  struct rig* const whole = start_nth(_i, 1, 1000);
  struct rig* const first = start_nth(_i, 1, 333);
  struct rig* const second = start_nth(_i, 1, 4096);

  fill_noise();
  rig_push_f32(whole, 0, signal, n);
  rig_drain(whole);
  rig_push_f32(first, 0, signal, half);
  rig_run(first);
  blob_export(first, &blob);
  ck_assert_int_eq(blob_import(second, 1, &blob), RILL_OK);
  rig_push_f32(second, 0, signal + half, n - half);
  rig_drain(second);

  const uint64_t n_first = rig_out_frames(first, 0);
  ck_assert_uint_eq(n_first + rig_out_frames(second, 0),
                    rig_out_frames(whole, 0));
  ck_assert_mem_eq(rig_out_f32(whole, 0, 0) + n_first,
                   rig_out_f32(second, 0, 0),
                   (size_t)rig_out_frames(second, 0) * sizeof(float));
  ck_assert_int_eq(rig_out_item(second, 0, 0)->media_pos, n_first);
  rig_close(whole);
  rig_close(first);
  rig_close(second);
}
END_TEST

enum { PLACE = 24 }; // where the place begins behind the settings

static const struct {
  uint32_t version;
  uint32_t at; // of a byte that becomes 0x7f; UINT32_MAX: none does
  int32_t longer;
} damages[] = {
  { 2, UINT32_MAX, 0 },             // another version
  { 1, UINT32_MAX, -1 },            // cut off
  { 1, UINT32_MAX, 1 },             // too long
  { 1, UINT32_MAX, -1000000 },      // nothing at all
  { 1, 0, 0 },                      // another rate of the input
  { 1, 8, 0 },                      // other channels
  { 1, 12, 0 },                     // another quality
  { 1, 16, 0 },                     // another latency
  { 1, PLACE + 7, 0 },              // more frames than time has
  { 1, PLACE + 15, 0 },
  { 1, PLACE + 16, 0 },             // history between two steps
  { 1, PLACE + 23, 0 },
  { 1, PLACE + 31, 0 },             // a position that cannot be
  { 1, PLACE + 40, 0 },             // other history than there is
};

START_TEST(other_state_is_refused)
{
  struct rig* const from = start(44100, "16kHz", "high", 1, 1000);
  struct rig* const to = start(44100, "16kHz", "high", 1, 1000);
  fill_noise();
  rig_push_f32(from, 0, signal, 9000);
  rig_run(from);
  blob_export(from, &blob);
  if (damages[_i].at != UINT32_MAX) {
    blob.data[damages[_i].at] = 0x7f;
  }
  blob.n = damages[_i].longer < -1 ? 0 : blob.n + (uint64_t)damages[_i].longer;
  ck_assert_int_eq(blob_import(to, damages[_i].version, &blob),
                   RILL_ERR_BAD_STATE_BLOB);
  ck_assert_str_ne(rig_error(to), "");

  // and is as fresh as before
  rig_push_f32(to, 0, signal, 44100);
  rig_drain(to);
  ck_assert_uint_eq(rig_out_frames(to, 0), 16000);
  ck_assert_int_eq(rig_out_item(to, 0, 0)->media_pos, 0);
  rig_close(from);
  rig_close(to);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, the_length_is_exact, 0, RILL_COUNT(lengths));
  tcase_add_test(tcase, the_same_rate_passes_through);
  tcase_add_test(tcase, positions_count_output_frames);
  tcase_add_loop_test(tcase, block_sizes_do_not_matter, 0, RILL_COUNT(ways));
  tcase_add_loop_test(tcase, the_tail_is_reported_exactly, 0,
                      2 * RILL_COUNT(ways));
  tcase_add_test(tcase, reset_is_fresh);
  tcase_add_test(tcase, nothing_is_late);
  tcase_add_test(tcase, nan_passes_by);
  tcase_add_loop_test(tcase, nothing_is_lost_on_the_way, 0, RILL_COUNT(ways));
  tcase_add_loop_test(tcase, other_state_is_refused, 0, RILL_COUNT(damages));
}

int
main(void)
{
  return suite_run("resample", 60, add_tests);
}
