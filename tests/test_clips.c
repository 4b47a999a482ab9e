// SPDX-License-Identifier: ISC
// Clips through one graph, again and again, and through a graph each.
#include "base/mem.h"
#include "load/scan.h"
#include "tests/clip_kit.h"
#include "tests/suite.h"

#include <math.h>

enum { RATE = 44100, N_CLIPS = 4 };

static char last_line[512];

static void
keep_line(void* arg, enum log_level level, const char* line)
{
  (void)arg;
  if (level <= LOG_ERROR) {
    snprintf(last_line, sizeof last_line, "%s", line);
  }
}

static struct clip_options
options_of(uint32_t block, uint32_t threads)
{
  return (struct clip_options){
    .format = { .kind = RILL_KIND_AUDIO, .encoding = RILL_ENC_F32,
                .rate = RATE, .rate_den = 1, .channels = 2 },
    .block = block, .threads = threads
  };
}

// A sweep that says which clip and channel it is.
static void
fill(struct clip_memory* m, uint32_t which, uint32_t n_frames)
{
  const struct clip_options o = options_of(0, 0);
  ck_assert_int_eq(clip_memory_init(m, &o.format, n_frames), STATUS_OK);
  for (uint32_t c = 0; c < 2; ++c) {
    float* const samples = m->planes[c].data;
    for (uint32_t i = 0; i < n_frames; ++i) {
      const double t = i / (double)RATE;
      samples[i] = (float)(0.4 * sin(t * 2000 * (1 + which + t + 0.1 * c)));
    }
  }
}

#define HEAD "rill: 1\nnodes:\n  a: {type: clip.in}\n"

static const char* const graphs[] = {
  HEAD "  z: {type: clip.out, in: a}\n",
  HEAD "  b: {type: convert, in: a, with: {encoding: s16}}\n"
       "  z: {type: clip.out, in: b}\n",
  HEAD "  b: {type: resample, in: a, with: {rate: 16kHz}}\n"
       "  z: {type: clip.out, in: b}\n",
  HEAD "  b: {type: vad, in: a}\n  z: {type: clip.out, in: b.speech}\n",
  HEAD "  b: {type: vad, in: a, with: {mode: energy}}\n"
       "  c: {type: resample, in: b.out, with: {rate: 16kHz}}\n"
       "  d: {type: convert, in: c, with: {encoding: s16}}\n"
       "  z: {type: clip.out, in: d}\n",
  HEAD "  b: {type: gain, in: a, with: {gain: -6dB}}\n"
       "  c: {type: delay, in: b, with: {delay: 20ms}}\n"
       "  d: {type: biquad, in: c, with: {type: lowpass, frequency: 1kHz}}\n"
       "  z: {type: clip.out, in: d}\n",
};

static const struct {
  uint32_t block, threads;
} ways[] = { { 4096, 1 }, { 1024, 2 }, { 333, 4 } };

enum { N_WAYS = sizeof ways / sizeof ways[0] };

// Clips of different lengths, one after the other through one graph, and each
// through a graph of its own.
START_TEST(a_reset_graph_gives_the_bytes_of_a_new_one)
{
  static const uint32_t lengths[N_CLIPS] = { RATE, 4410, 1, 20011 };
  const char* const text = graphs[_i];
  struct heap a = { malloc(KIT_MAX_BYTES), 0 };
  struct heap b = { malloc(KIT_MAX_BYTES), 0 };
  for (int w = 0; w < N_WAYS; ++w) {
    const struct clip_options options = options_of(ways[w].block, ways[w].threads);
    struct clip_graph* graph = NULL;
    ck_assert_int_eq(clips_plan(kit_clips, text, &options, &graph), STATUS_OK);
    ck_assert_int_eq(clips_start(graph), STATUS_OK);
    for (uint32_t i = 0; i < 2 * N_CLIPS; ++i) {
      struct clip_memory m;
      fill(&m, i, lengths[i % N_CLIPS]);
      kit_run(graph, &m.clip, &a);
      kit_run_alone(text, &options, &m.clip, &b);
      ck_assert_uint_eq(a.n, b.n);
      ck_assert_msg(!memcmp(a.bytes, b.bytes, a.n), "way %d, clip %u", w, i);
      ck_assert(a.n > 0 || lengths[i % N_CLIPS] == 1);
      clip_memory_fini(&m);
    }
    clips_close(graph);
  }
  free(a.bytes);
  free(b.bytes);
}
END_TEST

static int32_t
take_nothing(void* arg, const struct rill_buffer* b)
{
  (void)b;
  ++*(int*)arg;
  return RILL_ERR_OUTPUT;
}

START_TEST(a_taker_may_end_a_run_and_the_next_is_whole)
{
  const struct clip_options options = options_of(512, 1);
  struct clip_graph* graph = NULL;
  struct clip_memory m;
  int n_calls = 0;
  const struct clip_taker refuses = { take_nothing, &n_calls };
  struct heap heap = { malloc(KIT_MAX_BYTES), 0 };
  log_set_sink(keep_line, NULL);
  fill(&m, 1, RATE);
  ck_assert_int_eq(clips_plan(kit_clips, graphs[0], &options, &graph), STATUS_OK);
  ck_assert_int_eq(clips_start(graph), STATUS_OK);
  ck_assert_int_eq(clips_run(graph, &m.clip, &refuses), STATUS_BAD_OUTPUT);
  ck_assert_int_eq(n_calls, 1);
  ck_assert_ptr_nonnull(strstr(last_line, "node 'z' (clip.out)"));
  kit_run(graph, &m.clip, &heap);
  ck_assert_uint_eq(heap.n, (size_t)RATE * 2 * sizeof(float));
  clips_close(graph);
  clip_memory_fini(&m);
  free(heap.bytes);
}
END_TEST

START_TEST(a_clip_of_another_format_is_refused)
{
  const struct clip_options options = options_of(512, 1);
  struct clip_graph* graph = NULL;
  struct clip_memory m;
  log_set_sink(keep_line, NULL);
  fill(&m, 1, 100);
  m.clip.format.rate = 8000;
  ck_assert_int_eq(clips_plan(kit_clips, graphs[0], &options, &graph), STATUS_OK);
  ck_assert_int_eq(clips_start(graph), STATUS_OK);
  ck_assert_int_eq(clips_run(graph, &m.clip, NULL), STATUS_BAD_INPUT);
  ck_assert_ptr_nonnull(strstr(last_line, "another format"));
  clips_close(graph);
  clip_memory_fini(&m);
}
END_TEST

START_TEST(lack_of_memory_is_an_error_at_every_place)
{
  const struct clip_options options = options_of(512, 1);
  struct clip_memory m;
  int was_reached = 1;
  uint64_t n_failed = 0;
  log_set_sink(keep_line, NULL);
  fill(&m, 1, 1000);
  for (uint64_t n = 1; was_reached; ++n) {
    struct clip_graph* graph = NULL;
    mem_fail_at(n, 0);
    enum status st = clips_plan(kit_clips, graphs[2], &options, &graph);
    st = st ? st : clips_start(graph);
    st = st ? st : clips_run(graph, &m.clip, NULL);
    st = st ? st : clips_run(graph, &m.clip, NULL);
    was_reached = mem_fail_at_left() == 0;
    mem_fail_at(0, 0);
    n_failed += st == STATUS_NO_MEMORY;
    ck_assert(!st || st == STATUS_NO_MEMORY);
    clips_close(graph);
  }
  ck_assert_uint_gt(n_failed, 50);
  clip_memory_fini(&m);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, kit_set_up, kit_tear_down);
  tcase_add_loop_test(tcase, a_reset_graph_gives_the_bytes_of_a_new_one, 0,
                      sizeof graphs / sizeof graphs[0]);
  tcase_add_test(tcase, a_taker_may_end_a_run_and_the_next_is_whole);
  tcase_add_test(tcase, a_clip_of_another_format_is_refused);
  tcase_add_test(tcase, lack_of_memory_is_an_error_at_every_place);
}

int
main(int argc, char** argv)
{
  const int scanned = scan_main(argc, argv);
  return scanned >= 0 ? scanned : suite_run("clips", 60, add_tests);
}
