// SPDX-License-Identifier: ISC
#include "detector.h"
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <string.h>

#define PATH "plugins/vad/vad"

enum { RATE = 16000, MAX_FRAMES = 4096 };

// -- signals ----------------------------------------------------------------

static float
noise(void)
{
  static uint64_t state = 88172645463325252u;
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (float)((double)(state >> 11) / 4503599627370496.0 - 1.0);
}

static float*
noise_new(uint32_t n, float level)
{
  float* const x = calloc(n, sizeof *x);
  for (uint32_t i = 0; i < n; ++i) {
    x[i] = level * noise();
  }
  return x;
}

// A voice of a kind: harmonics of 120 Hz, with five syllables a second.
static void
add_voice(float* x, uint32_t begin, uint32_t end, uint32_t rate)
{
  for (uint32_t i = begin; i < end; ++i) {
    const double t = (double)(i - begin) / rate;
    const double open = sin(M_PI * 5.0 * t);
    double sum = 0.0;
    for (int h = 1; h < 25; ++h) {
      sum += sin(2.0 * M_PI * 120.0 * h * t) / h;
    }
    x[i] += (float)(0.2 * open * open * sum);
  }
}

static struct rig*
rig_of(uint32_t rate, uint32_t channels, const char* const* params)
{
  struct rig* const rig = rig_open(PATH, "vad");
  rig_set_all(rig, params);
  rig_audio(rig, 0, rate, channels);
  rig_start(rig, MAX_FRAMES);
  return rig;
}

// Runs *x* through; the caller reads output 1 and closes.
static struct rig*
rig_run_all(uint32_t rate, const char* const* params, const float* x, uint32_t n)
{
  struct rig* const rig = rig_of(rate, 1, params);
  rig_push_f32(rig, 0, x, n);
  rig_drain(rig);
  return rig;
}

static int
is_speech(struct rig* rig, uint64_t row)
{
  return rig_out_f32(rig, 1, 0)[2 * row] > 0.5f;
}

static uint32_t
count_speech(struct rig* rig)
{
  uint32_t n = 0;
  for (uint64_t k = 0; k < rig_out_frames(rig, 1); ++k) {
    n += (uint32_t)is_speech(rig, k);
  }
  return n;
}

// -- failures ---------------------------------------------------------------

START_TEST(without_memory_for_a_slice_it_fails_and_lets_go)
{
  float* const x = noise_new(RATE, 0.01f);
  struct rig* const rig = rig_of(RATE, 1, NULL);
  rig_push_f32(rig, 0, x, RATE);
  // Each call takes a buffer for rows, and later one for a slice.
  fake_host_fail_alloc(rig_host(rig), 3);
  ck_assert_int_eq(rig_try_run(rig), RILL_ERR_NO_MEMORY);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "out of memory"));
  rig_close(rig); // aborts when buffers are still held
  free(x);
}
END_TEST

static const struct {
  const char* mode;
  float value;
} poison[] = {
  { "speech", NAN },   { "speech", -INFINITY },  { "speech", 3e38f },
  { "adaptive", NAN }, { "adaptive", INFINITY }, { "adaptive", 3e38f },
  { "energy", NAN },   { "energy", INFINITY },   { "energy", -INFINITY },
};

START_TEST(what_is_no_number_leaves_nothing_behind)
{
  const char* const params[] = { "mode", poison[_i].mode, "hangover", "0", NULL };
  float* const x = noise_new(6 * RATE, 0.001f);
  add_voice(x, 4 * RATE, 5 * RATE, RATE);
  for (int i = 0; i < 100; ++i) {
    x[2 * RATE + 40 * i] = poison[_i].value;
  }
  struct rig* const rig = rig_run_all(RATE, params, x, 6 * RATE);
  const uint64_t n = rig_out_frames(rig, 1);
  const float* const rows = rig_out_f32(rig, 1, 0);
  for (uint64_t i = 0; i < 2 * n; ++i) {
    ck_assert(rows[i] >= 0.0f && rows[i] <= 1.0f);
  }
  ck_assert(is_speech(rig, n * 9 / 12));  // the voice at 4.5 s
  ck_assert(!is_speech(rig, n * 11 / 12)); // the pause at 5.5 s
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(an_empty_stream_has_no_rows)
{
  struct rig* const rig = rig_of(RATE, 1, NULL);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 0);
  ck_assert_uint_eq(rig_out_frames(rig, 1), 0);
  rig_close(rig);
}
END_TEST

// -- energy -----------------------------------------------------------------

// The rule as it is written down, with a transform by its definition.
static double
energy_by_the_book(const float* x, uint32_t n)
{
  double sum = 0.0;
  for (uint32_t k = 0; k < n / 2; ++k) {
    double re = 0.0, im = 0.0;
    for (uint32_t i = 0; i < n; ++i) {
      const double w = 0.54 - 0.46 * cos(2.0 * M_PI * i / (n - 1));
      const double angle = 2.0 * M_PI * (double)((uint64_t)k * i % n) / n;
      re += (double)x[i] * w * cos(angle);
      im -= (double)x[i] * w * sin(angle);
    }
    sum += (re * re + im * im) / n;
  }
  return sum;
}

// Even and odd frames; content at 0, at half the rate, and everywhere.
static const struct {
  uint32_t rate;
  const char* frame;
  float level; // of noise
  float dc;
  float edge; // at half the rate
} sums[] = {
  { 16000, "30ms", 0.01f, 0.0f, 0.0f }, { 44100, "30ms", 0.004f, 0.0f, 0.0f },
  { 22050, "30ms", 0.01f, 0.0f, 0.0f }, { 16000, "10ms", 0.0f, 0.01f, 0.0f },
  { 16000, "10ms", 0.0f, 0.0f, 0.1f },  { 44100, "10ms", 0.01f, 0.01f, 0.01f },
  { 11025, "10ms", 0.0f, 0.01f, 0.1f }, { 8000, "1ms", 0.1f, 0.0f, 0.0f },
};

START_TEST(energy_is_the_rule_as_it_is_written)
{
  const uint32_t rate = sums[_i].rate;
  const char* const params[] = { "mode", "energy", "frame", sums[_i].frame, NULL };
  const uint32_t n = rate / 5;
  float* const x = calloc(n, sizeof *x);
  for (uint32_t i = 0; i < n; ++i) {
    const float swell = 4.0f * (float)i / (float)n;
    x[i] = swell * (sums[_i].level * noise() + sums[_i].dc +
                    (i % 2 ? sums[_i].edge : -sums[_i].edge));
  }
  struct rig* const rig = rig_run_all(rate, params, x, n);
  const struct rill_format* const f = rig_out_format(rig, 1);
  const uint32_t n_frame = f->rate_den;
  ck_assert_uint_eq(rig_out_frames(rig, 1), n / n_frame);
  for (uint32_t k = 0; k < n / n_frame; ++k) {
    const double sum = energy_by_the_book(x + (size_t)k * n_frame, n_frame);
    ck_assert_int_eq(is_speech(rig, k), sum > 0.01);
    ck_assert_double_eq_tol(rig_out_f32(rig, 1, 0)[2 * k + 1],
                            sum / (sum + 0.01), 1e-6);
  }
  rig_close(rig);
  free(x);
}
END_TEST

static const struct {
  uint32_t rate;
  const char* mode;
  const char* frame;
  uint32_t hop;
} hops[] = {
  { 16000, "energy", "30ms", 480 },   { 44100, "energy", "30ms", 1323 },
  { 22050, "energy", "30ms", 661 },   { 8000, "energy", "1ms", 8 },
  { 16000, "adaptive", "30ms", 320 }, { 44100, "adaptive", "30ms", 882 },
  { 16000, "speech", "30ms", 320 },   { 48000, "speech", "30ms", 960 },
  { 11025, "adaptive", "30ms", 221 }, { 4000, "adaptive", "30ms", 80 },
};

START_TEST(rows_have_the_rate_of_hops)
{
  const char* const params[] = { "mode", hops[_i].mode, "frame", hops[_i].frame,
                                 NULL };
  struct rig* const rig = rig_of(hops[_i].rate, 1, params);
  const struct rill_format* const f = rig_out_format(rig, 1);
  ck_assert_uint_eq(f->kind, RILL_KIND_TENSOR);
  ck_assert_uint_eq(f->encoding, RILL_ENC_F32);
  ck_assert_uint_eq(f->rank, 1);
  ck_assert_uint_eq(f->shape[0], 2);
  ck_assert_uint_eq(f->rate, hops[_i].rate);
  ck_assert_uint_eq(f->rate_den, hops[_i].hop);
  rig_close(rig);
}
END_TEST

// A row for each hop that has begun; the old rule wants whole frames.
static const struct {
  const char* mode;
  uint32_t n;
  uint32_t rows;
} lengths[] = {
  { "adaptive", 1, 1 },     { "adaptive", 319, 1 }, { "adaptive", 320, 1 },
  { "adaptive", 321, 2 },   { "adaptive", 512, 2 }, { "adaptive", 16000, 50 },
  { "adaptive", 16001, 51 }, { "energy", 479, 0 },  { "energy", 480, 1 },
  { "energy", 959, 1 },     { "energy", 960, 2 },   { "speech", 1, 1 },
  { "speech", 1600, 5 },    { "speech", 1601, 6 },  { "speech", 16001, 51 },
};

START_TEST(every_hop_has_a_row)
{
  const char* const params[] = { "mode", lengths[_i].mode, NULL };
  float* const x = noise_new(lengths[_i].n, 0.1f);
  struct rig* const rig = rig_run_all(RATE, params, x, lengths[_i].n);
  const int64_t hop = rig_out_format(rig, 1)->rate_den;
  ck_assert_uint_eq(rig_out_frames(rig, 1), lengths[_i].rows);
  for (uint32_t i = 0; i < rig_out_items(rig, 1); ++i) {
    const struct rig_item* const item = rig_out_item(rig, 1, i);
    ck_assert_int_eq(item->media_pos, (int64_t)item->first);
    ck_assert_int_eq(item->pts_ns,
                     item->media_pos * hop * (1000000000 / RATE));
    ck_assert_int_eq(item->duration_ns,
                     (int64_t)item->n_frames * hop * (1000000000 / RATE));
  }
  rig_close(rig);
  free(x);
}
END_TEST

// -- adaptive ---------------------------------------------------------------

START_TEST(even_noise_is_no_speech)
{
  const char* const params[] = { "mode", "adaptive", "hangover", "0", NULL };
  float* const x = noise_new(60 * RATE, 0.02f);
  struct rig* const rig = rig_run_all(RATE, params, x, 60 * RATE);
  ck_assert_uint_le(count_speech(rig), 6); // of 3000
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(a_louder_background_is_speech_for_two_seconds_only)
{
  const char* const params[] = { "mode", "adaptive", "hangover", "0", NULL };
  float* const x = noise_new(30 * RATE, 0.2f);
  for (uint32_t i = 0; i < 10 * RATE; ++i) {
    x[i] *= 0.01f;
  }
  struct rig* const rig = rig_run_all(RATE, params, x, 30 * RATE);
  ck_assert_uint_le(count_speech(rig), 130); // 2.6 s
  for (uint64_t k = 13 * 50; k < 28 * 50; ++k) {
    ck_assert(rig_out_f32(rig, 1, 0)[2 * k + 1] < 0.6f);
  }
  rig_close(rig);
  free(x);
}
END_TEST

// Where the voice is, to 0.1 s, at any rate.
static const uint32_t rates[] = { 4000,  8000,  11025,  16000, 22050,
                                  44100, 48000, 192000, 768000 };

START_TEST(a_voice_is_found_at_any_rate)
{
  const char* const params[] = { "mode", "adaptive", "hangover", "0", NULL };
  const uint32_t rate = rates[_i];
  float* const x = noise_new(6 * rate, 0.002f);
  add_voice(x, 3 * rate, 5 * rate, rate);
  struct rig* const rig = rig_run_all(rate, params, x, 6 * rate);
  const double rows_a_second =
    (double)rate / rig_out_format(rig, 1)->rate_den;
  for (uint64_t k = 0; k < rig_out_frames(rig, 1); ++k) {
    const double t = ((double)k + 0.5) / rows_a_second;
    if (t > 0.2 && (fabs(t - 3.0) > 0.12 && fabs(t - 5.0) > 0.12)) {
      ck_assert_msg(is_speech(rig, k) == (t > 3.0 && t < 5.0), "at %f", t);
    }
  }
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(hangover_adds_exactly_its_hops)
{
  const char* const none[] = { "mode", "adaptive", "hangover", "0", NULL };
  const char* const some[] = { "mode", "adaptive", "hangover", "200ms", NULL };
  float* const x = noise_new(6 * RATE, 0.002f);
  add_voice(x, 3 * RATE, 4 * RATE, RATE);
  struct rig* const bare = rig_run_all(RATE, none, x, 6 * RATE);
  struct rig* const longer = rig_run_all(RATE, some, x, 6 * RATE);
  uint32_t left = 0;
  for (uint64_t k = 0; k < rig_out_frames(bare, 1); ++k) {
    const int speech = is_speech(bare, k);
    left = speech ? 10 : left;
    ck_assert_int_eq(is_speech(longer, k), speech || left);
    left -= !speech && left;
  }
  rig_close(bare);
  rig_close(longer);
  free(x);
}
END_TEST

START_TEST(short_speech_is_none_when_asked)
{
  const char* const any[] = { "mode", "adaptive", "hangover", "0", NULL };
  const char* const least[] = { "mode", "adaptive", "hangover", "0",
                                "min_speech", "400ms", NULL };
  float* const x = noise_new(8 * RATE, 0.002f);
  add_voice(x, 3 * RATE, 3 * RATE + RATE / 10, RATE);
  add_voice(x, 5 * RATE, 7 * RATE, RATE);
  struct rig* const all = rig_run_all(RATE, any, x, 8 * RATE);
  struct rig* const some = rig_run_all(RATE, least, x, 8 * RATE);
  ck_assert_uint_eq(rig_out_frames(all, 1), rig_out_frames(some, 1));
  ck_assert(is_speech(all, 153) && !is_speech(some, 153));
  for (uint64_t k = 220; k < rig_out_frames(all, 1); ++k) {
    ck_assert_int_eq(is_speech(all, k), is_speech(some, k));
  }
  rig_close(all);
  rig_close(some);
  free(x);
}
END_TEST

START_TEST(channels_are_judged_by_their_mean)
{
  const uint32_t n = 5 * RATE;
  float* const x = calloc(2 * n, sizeof *x);
  add_voice(x, 2 * RATE, 4 * RATE, RATE);
  for (uint32_t i = 0; i < n; ++i) {
    x[n + i] = -x[i]; // cancels the first
  }
  struct rig* const rig = rig_of(RATE, 2, NULL);
  rig_push_f32(rig, 0, x, n);
  rig_drain(rig);
  ck_assert_uint_eq(count_speech(rig), 0);
  rig_close(rig);
  free(x);
}
END_TEST

// -- all --------------------------------------------------------------------

static const struct {
  const char* params[7];
  uint32_t rate;
  uint32_t channels;
} blocks[] = {
  { { "mode", "adaptive", "hangover", "60ms", NULL }, 16000, 1 },
  { { "mode", "adaptive", "min_speech", "100ms", NULL }, 8000, 2 },
  { { "mode", "speech", "hangover", "60ms", NULL }, 16000, 1 },
  { { "latency", "low", "min_speech", "60ms", NULL }, 22050, 2 },
  { { "mode", "energy", "frame", "7ms", NULL }, 44100, 1 },
};

START_TEST(blocks_do_not_matter)
{
  const uint32_t n = blocks[_i].rate / 2 + 77;
  float* const x = noise_new(n * blocks[_i].channels, 0.02f);
  add_voice(x, n / 3, n * 2 / 3, blocks[_i].rate);
  rig_check_blocks(&(struct rig_case){
    .path = PATH,
    .type = "vad",
    .params = blocks[_i].params,
    .samples = x,
    .n_frames = n,
    .rate = blocks[_i].rate,
    .channels = blocks[_i].channels,
  });
  free(x);
}
END_TEST

// Metas cover every frame once and say what the rows say.
static void
check_marks(struct rig* rig, uint32_t hop)
{
  const float* const rows = rig_out_f32(rig, 1, 0);
  uint64_t frame = 0;
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    const struct rig_item* const item = rig_out_item(rig, 0, i);
    ck_assert_int_eq(item->media_pos, (int64_t)item->first);
    for (uint32_t m = 0; m < item->n_metas; ++m) {
      const struct rill_meta* const meta = &item->metas[m];
      ck_assert_uint_eq(meta->kind, RILL_META_SPEECH);
      ck_assert_uint_eq(item->first + meta->offset, frame);
      ck_assert_double_eq(meta->value, rows[frame / hop * 2]);
      ck_assert_double_eq(meta->confidence, rows[frame / hop * 2 + 1]);
      frame += meta->n_frames;
    }
    ck_assert_uint_eq(frame, item->first + item->n_frames);
  }
}

START_TEST(audio_passes_with_marks)
{
  static const uint32_t sizes[] = { 100, 320, 1000, 4096 };
  const uint32_t n = 3 * RATE + 5;
  float* const x = noise_new(n, 0.002f);
  add_voice(x, RATE, 2 * RATE, RATE);
  struct rig* const rig = rig_of(RATE, 1, NULL);
  rig_block(rig, sizes[_i]);
  rig_push_f32(rig, 0, x, n);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), n);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), x, n * sizeof *x);
  check_marks(rig, 320);
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(each_output_can_be_left_out)
{
  const uint32_t n = 3 * RATE;
  float* const x = noise_new(n, 0.002f);
  struct rig* const rig = rig_open(PATH, "vad");
  rig_audio(rig, 0, RATE, 1);
  rig_unlink_out(rig, (uint32_t)_i);
  rig_start(rig, MAX_FRAMES);
  rig_push_f32(rig, 0, x, n);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, _i ? 0 : 1), _i ? n : 150);
  if (!_i) { // nothing waits when nobody reads the audio
    ck_assert_uint_eq(rig_activation(rig)->held_buffers, 0);
  }
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(reset_is_as_fresh)
{
  const uint32_t n = 2 * RATE;
  float* const x = noise_new(n, 0.002f);
  float first[200];
  add_voice(x, RATE / 2, RATE, RATE);
  struct rig* const rig = rig_run_all(RATE, NULL, x, n);
  memcpy(first, rig_out_f32(rig, 1, 0), sizeof first);
  rig_reset(rig);
  rig_push_f32(rig, 0, x, n);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 1), 100);
  ck_assert_mem_eq(rig_out_f32(rig, 1, 0), first, sizeof first);
  rig_close(rig);
  free(x);
}
END_TEST

// -- the recording that ships -----------------------------------------------

enum { MAX_UTTERANCES = 32 };

struct labels {
  uint32_t n;
  double begin[MAX_UTTERANCES];
  double end[MAX_UTTERANCES];
};

static FILE*
open_audio(const char* name, char* path, size_t n_bytes)
{
  const char* const folder = getenv("top_srcdir");
  snprintf(path, n_bytes, "%s/graphs/audio/%s", folder ? folder : ".", name);
  return fopen(path, "r");
}

static void
read_labels(struct labels* out)
{
  char line[512];
  FILE* const file = open_audio("speech.labels.txt", line, sizeof line);
  ck_assert_ptr_nonnull(file);
  out->n = 0;
  while (fgets(line, sizeof line, file)) {
    const uint32_t i = out->n;
    if (line[0] != '#' && i < MAX_UTTERANCES) {
      ck_assert_int_eq(sscanf(line, "%lf %lf", &out->begin[i], &out->end[i]), 2);
      ++out->n;
    }
  }
  fclose(file);
}

// 1 speech, 0 none; -1 within 0.1 s of a change, as the labels are no better.
static int
label_at(const struct labels* l, double t)
{
  int speech = 0;
  for (uint32_t i = 0; i < l->n; ++i) {
    if (fabs(t - l->begin[i]) < 0.1 || fabs(t - l->end[i]) < 0.1) {
      return -1;
    }
    speech |= t > l->begin[i] && t < l->end[i];
  }
  return speech;
}

// All of the file through a fresh node.
static struct rig*
run_file(const char* name, const char* const* params)
{
  char path[512];
  FILE* const file = open_audio(name, path, sizeof path);
  ck_assert_ptr_nonnull(file);
  fclose(file);
  SF_INFO info = { .format = 0 };
  SNDFILE* const sound = sf_open(path, SFM_READ, &info);
  ck_assert_ptr_nonnull(sound);
  const size_t n = (size_t)info.frames;
  const size_t channels = (size_t)info.channels;
  float* const pairs = calloc(n * channels, sizeof *pairs);
  float* const x = calloc(n * channels, sizeof *x);
  sf_readf_float(sound, pairs, info.frames);
  sf_close(sound);
  for (size_t i = 0; i < n * channels; ++i) {
    x[i % channels * n + i / channels] = pairs[i];
  }
  struct rig* const rig =
    rig_of((uint32_t)info.samplerate, (uint32_t)channels, params);
  rig_push_f32(rig, 0, x, (uint32_t)n);
  rig_drain(rig);
  free(x);
  free(pairs);
  return rig;
}

static const char* const understanding[][5] = {
  { "mode", "adaptive", "hangover", "0", NULL },
  { "mode", "speech", "hangover", "0", NULL },
  { "latency", "low", "hangover", "0", NULL },
};

START_TEST(the_demo_recording_is_understood)
{
  const char* const* const params = understanding[_i];
  struct labels labels;
  uint32_t n[2] = { 0 }, n_right[2] = { 0 }; // of pauses, of speech
  read_labels(&labels);
  struct rig* const rig = run_file("speech.flac", params);
  const struct rill_format* const f = rig_out_format(rig, 1);
  for (uint64_t k = 0; k < rig_out_frames(rig, 1); ++k) {
    const double t = ((double)k + 0.5) * f->rate_den / f->rate;
    const int label = label_at(&labels, t);
    if (label >= 0) {
      ++n[label];
      n_right[label] += is_speech(rig, k) == label;
    }
  }
  ck_assert_uint_gt(n[0], 300);
  ck_assert_uint_gt(n[1], 900);
  ck_assert_double_ge((double)n_right[0] / n[0], 0.98);
  ck_assert_double_ge((double)n_right[1] / n[1], 0.97);
  rig_close(rig);
}
END_TEST

// -- kernels ----------------------------------------------------------------

// This program has the plain C of the detector, the plugin what the loader
// chose for this processor.
START_TEST(wide_vectors_give_the_same_bytes)
{
  static const char* const modes[] = { "speech", "adaptive", "energy" };
  const char* const params[] = { "mode", modes[_i], "hangover", "0", NULL };
  const struct detector_options options = {
    .mode = (uint32_t)_i,
    .frame_s = 0.03,
    .energy_threshold = 0.01,
    .threshold_db = 1.5,
  };
  const uint32_t n = 20 * RATE;
  float* const x = noise_new(n, 0.002f);
  for (uint32_t i = 1; i < 19; i += 3) {
    add_voice(x, i * RATE, (i + 1) * RATE, RATE);
  }
  struct verdict* const at = calloc(2000, sizeof *at);
  struct verdicts plain = { at, 0 };
  struct detector d;
  ck_assert(detector_init(&d, &options, RATE));
  for (uint32_t done = 0; done < n;) {
    uint32_t some = n - done;
    float* const room = detector_room(&d, &some);
    memcpy(room, x + done, some * sizeof *x);
    detector_advance(&d, some, &plain);
    done += some;
  }
  detector_end(&d, &plain);
  struct rig* const rig = rig_run_all(RATE, params, x, n);
  ck_assert_uint_eq(rig_out_frames(rig, 1), plain.n);
  ck_assert_mem_eq(rig_out_f32(rig, 1, 0), at, plain.n * sizeof *at);
  rig_close(rig);
  detector_fini(&d);
  free(at);
  free(x);
}
END_TEST

static const uint32_t frames[] = { 2, 3, 32, 33, 100, 256, 512, 705, 1411, 2048, 3000 };

START_TEST(the_transform_is_that_of_the_definition)
{
  const uint32_t n = frames[_i];
  struct fft fft;
  ck_assert(fft_init(&fft, n));
  const uint32_t n_fft = 2 * fft.n_points;
  float* const x = noise_new(n, 1.0f);
  float* const window = noise_new(n, 1.0f);
  float* const power = calloc(fft.n_points + 1, sizeof *power);
  ck_assert_uint_ge(n_fft, n);
  fft_power(&fft, x, window, power, fft.n_points + 1);
  for (uint32_t k = 0; k <= fft.n_points; k += 1 + n / 200) {
    double re = 0.0, im = 0.0;
    for (uint32_t i = 0; i < n; ++i) {
      const double angle = 2.0 * M_PI * (double)((uint64_t)k * i % n_fft) / n_fft;
      re += (double)x[i] * (double)window[i] * cos(angle);
      im -= (double)x[i] * (double)window[i] * sin(angle);
    }
    ck_assert_double_eq_tol(sqrt((double)power[k]), hypot(re, im), 2e-6 * n);
  }
  fft_fini(&fft);
  free(x);
  free(window);
  free(power);
}
END_TEST

START_TEST(decibels_are_good_to_a_ten_thousandth)
{
  for (double x = 1e-12; x < 1e6; x *= 1.013) {
    const float f = (float)x;
    ck_assert_double_eq_tol(bands_decibels(f), 10.0 * log10((double)f), 1e-4);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_test(tcase, without_memory_for_a_slice_it_fails_and_lets_go);
  tcase_add_loop_test(tcase, what_is_no_number_leaves_nothing_behind, 0,
                      sizeof poison / sizeof poison[0]);
  tcase_add_test(tcase, an_empty_stream_has_no_rows);
  tcase_add_loop_test(tcase, energy_is_the_rule_as_it_is_written, 0,
                      sizeof sums / sizeof sums[0]);
  tcase_add_loop_test(tcase, rows_have_the_rate_of_hops, 0,
                      sizeof hops / sizeof hops[0]);
  tcase_add_loop_test(tcase, every_hop_has_a_row, 0,
                      sizeof lengths / sizeof lengths[0]);
  tcase_add_test(tcase, even_noise_is_no_speech);
  tcase_add_test(tcase, a_louder_background_is_speech_for_two_seconds_only);
  tcase_add_loop_test(tcase, a_voice_is_found_at_any_rate, 0,
                      sizeof rates / sizeof rates[0]);
  tcase_add_test(tcase, hangover_adds_exactly_its_hops);
  tcase_add_test(tcase, short_speech_is_none_when_asked);
  tcase_add_test(tcase, channels_are_judged_by_their_mean);
  tcase_add_loop_test(tcase, blocks_do_not_matter, 0,
                      sizeof blocks / sizeof blocks[0]);
  tcase_add_loop_test(tcase, audio_passes_with_marks, 0, 4);
  tcase_add_loop_test(tcase, each_output_can_be_left_out, 0, 2);
  tcase_add_test(tcase, reset_is_as_fresh);
  tcase_add_loop_test(tcase, the_demo_recording_is_understood, 0, 3);
  tcase_add_loop_test(tcase, wide_vectors_give_the_same_bytes, 0, 3);
  tcase_add_loop_test(tcase, the_transform_is_that_of_the_definition, 0,
                      sizeof frames / sizeof frames[0]);
  tcase_add_test(tcase, decibels_are_good_to_a_ten_thousandth);
}

int
main(void)
{
  return suite_run("vad", 60, add_tests);
}
