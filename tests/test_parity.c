// SPDX-License-Identifier: ISC
// The old nodes behind the JSON shim against the native nodes with the same
// rule: the same samples, the same verdicts.
#include "base/json_read.h"
#include "load/scan.h"
#include "tests/clip_kit.h"
#include "tests/suite.h"

#include <math.h>
#include <unistd.h>

static const double PI = 3.14159265358979323846;

#define HEAD "rill: 1\nnodes:\n  a: {type: clip.in}\n"
#define TAIL "  z: {type: clip.out, in: b}\n"

static struct clip_options
options_of(uint32_t encoding, uint32_t rate, uint32_t channels, uint32_t block)
{
  return (struct clip_options){
    .format = { .kind = RILL_KIND_AUDIO, .encoding = encoding, .rate = rate,
                .rate_den = 1, .channels = channels },
    .block = block
  };
}

static struct heap
new_heap(void)
{
  return (struct heap){ malloc(KIT_MAX_BYTES + 1), 0 };
}

// Conversion -----------------------------------------------------------------

// Values at and around every border of the rule, then noise of all sizes.
static float
hard_float(uint32_t i, uint32_t* state)
{
  static const float borders[] = {
    0,           -0.0f,        1,           -1,           1.0000001f,
    -1.0000001f, 0.99999994f,  -0.99999994f, 3e38f,       -3e38f,
    1e-40f,      -1e-40f,      0x1p-15f,    -0x1p-15f,    0x1p-31f,
    -0x1p-31f,   1.5f / 32767, 1.5f / 32768, -1.5f / 32768, 0.5f
  };
  *state = *state * 1664525u + 1013904223u;
  const float x = (float)((double)(int32_t)*state / 0x1p31);
  return i < RILL_COUNT(borders) ? borders[i] : i % 7 ? x : x * 1.5f;
}

static void
fill_hard(struct clip_memory* m)
{
  uint32_t state = 1;
  const uint32_t n = m->clip.n_frames;
  for (uint32_t c = 0; c < m->clip.format.channels; ++c) {
    void* const to = m->planes[c].data;
    for (uint32_t i = 0; i < n; ++i) {
      const float x = hard_float(i, &state);
      switch (m->clip.format.encoding) {
        case RILL_ENC_F32: ((float*)to)[i] = x; break;
        case RILL_ENC_S16: ((int16_t*)to)[i] = (int16_t)(i * 13 + c); break;
        default: ((int32_t*)to)[i] = (int32_t)state;
      }
    }
  }
}

static const struct {
  const char* old;
  const char* encoding;
} formats[] = { [0] = { "F32", "f32" }, { "I16", "s16" }, { "I32", "s32" } };

static const uint32_t encodings[] = { RILL_ENC_F32, RILL_ENC_S16, RILL_ENC_S32 };

enum { N_FORMATS = 3, N_HARD = 70000 };

START_TEST(conversion_gives_the_same_bytes)
{
  const int from = _i / N_FORMATS;
  const int to = _i % N_FORMATS;
  const struct clip_options options =
    options_of(encodings[from], 8000, 2, _i % 2 ? 4096 : 999);
  char legacy[512], native[512];
  struct clip_memory m;
  struct heap a = new_heap();
  struct heap b = new_heap();
  snprintf(legacy, sizeof legacy,
           HEAD "  b: {type: json.lib, in: a, with: {library: convert, params: "
                "{target_format: %s}, out_encoding: %s}}\n" TAIL,
           formats[to].old, formats[to].encoding);
  snprintf(native, sizeof native,
           HEAD "  b: {type: convert, in: a, with: {encoding: %s, scale: "
                "legacy}}\n" TAIL,
           formats[to].encoding);
  ck_assert_int_eq(clip_memory_init(&m, &options.format, N_HARD), STATUS_OK);
  fill_hard(&m);
  kit_run_alone(legacy, &options, &m.clip, &a);
  kit_run_alone(native, &options, &m.clip, &b);
  ck_assert_uint_gt(a.n, N_HARD);
  ck_assert_uint_eq(a.n, b.n);
  ck_assert_int_eq(memcmp(a.bytes, b.bytes, a.n), 0);
  clip_memory_fini(&m);
  free(a.bytes);
  free(b.bytes);
}
END_TEST

// VAD ------------------------------------------------------------------------

static const struct {
  uint32_t rate, frame_ms, n_frames, block;
  const char* threshold;
} talks[] = {
  { 44100, 30, 44100, 4096, "0.01" }, // an odd frame
  { 16000, 30, 50000, 1000, "0.01" },
  { 16000, 10, 50000, 160, "0.1" },
  { 8000, 20, 8001, 333, "0.5" },
  { 11025, 25, 274, 4096, "0.01" }, // one frame less a sample: none
};

// Bursts that fade in and out, over noise.
static void
fill_talk(struct clip_memory* m)
{
  uint32_t state = 7;
  float* const out = m->planes[0].data;
  for (uint32_t i = 0; i < m->clip.n_frames; ++i) {
    state = state * 1664525u + 1013904223u;
    const double noise = (double)(int32_t)state / 0x1p31;
    const double t = (double)i / m->clip.format.rate;
    const double swell = sin(2 * PI * 1.7 * t);
    out[i] = (float)(0.003 * noise + fmax(swell, 0) * sin(900 * t) * 0.2);
  }
}

// The verdicts of all JSON values in *heap*, as text of 0 and 1.
static size_t
read_verdicts(const struct heap* heap, char* out)
{
  size_t n = 0, at = 0;
  heap->bytes[heap->n] = '\0';
  while (at < heap->n) {
    // Values stand one behind the other; each begins with its brace.
    const char* const text = (const char*)heap->bytes + at;
    const char* const list = strstr(text, "\"vad_results\":[");
    if (!list) {
      break;
    }
    for (const char* c = list + 15; *c != ']'; ++c) {
      if (*c == 't' || *c == 'f') {
        out[n++] = *c == 't' ? '1' : '0';
        c += *c == 't' ? 3 : 4;
      }
    }
    at = (size_t)(list + 15 - (const char*)heap->bytes);
  }
  out[n] = '\0';
  return n;
}

START_TEST(verdicts_are_the_same)
{
  const struct clip_options options =
    options_of(RILL_ENC_F32, talks[_i].rate, 1, talks[_i].block);
  char legacy[512], native[512];
  char* const old = calloc(1, 1 << 16);
  struct clip_memory m;
  struct heap a = new_heap();
  struct heap b = new_heap();
  snprintf(legacy, sizeof legacy,
           HEAD "  b: {type: json.lib, in: a, with: {library: vad, out: json, "
                "params: {sample_rate: %u, frame_duration_ms: %u, "
                "energy_threshold: %s}}}\n" TAIL,
           talks[_i].rate, talks[_i].frame_ms, talks[_i].threshold);
  snprintf(native, sizeof native,
           HEAD "  b: {type: vad, in: a, with: {mode: energy, frame: %ums, "
                "energy_threshold: %s}}\n  z: {type: clip.out, in: b.speech}\n",
           talks[_i].frame_ms, talks[_i].threshold);
  ck_assert_int_eq(clip_memory_init(&m, &options.format, talks[_i].n_frames), 0);
  fill_talk(&m);
  kit_run_alone(legacy, &options, &m.clip, &a);
  kit_run_alone(native, &options, &m.clip, &b);
  const size_t n = read_verdicts(&a, old);
  const float* const rows = (const float*)(const void*)b.bytes;
  ck_assert_uint_eq(n, talks[_i].n_frames /
                         (talks[_i].rate * talks[_i].frame_ms / 1000));
  ck_assert_uint_eq(b.n, n * 2 * sizeof(float));
  for (size_t i = 0; i < n; ++i) {
    ck_assert_msg(old[i] == (rows[2 * i] > 0 ? '1' : '0'), "frame %zu", i);
  }
  ck_assert(!n || (strchr(old, '0') && strchr(old, '1')));
  clip_memory_fini(&m);
  free(old);
  free(a.bytes);
  free(b.bytes);
}
END_TEST

// Resampling: other filters, so the same clip within what both promise --------

static const struct {
  uint32_t from, to, block;
  double most; // difference of one sample
} rates[] = {
  { 44100, 16000, 4096, 2e-3 },
  { 44100, 16000, 700, 2e-3 },
  { 16000, 48000, 1024, 2e-3 },
  { 48000, 44100, 4096, 2e-3 },
};

START_TEST(clips_are_resampled_alike)
{
  const uint32_t n = rates[_i].from;
  const struct clip_options options =
    options_of(RILL_ENC_F32, n, 1, rates[_i].block);
  char legacy[512], native[512];
  struct clip_memory m;
  struct heap a = new_heap();
  struct heap b = new_heap();
  snprintf(legacy, sizeof legacy,
           HEAD "  b: {type: json.lib, in: a, with: {library: resample, "
                "out_rate: %u, params: {source_rate: %u, target_rate: %u, "
                "quality: High}}}\n" TAIL,
           rates[_i].to, n, rates[_i].to);
  snprintf(native, sizeof native,
           HEAD "  b: {type: resample, in: a, with: {rate: %uHz}}\n" TAIL,
           rates[_i].to);
  ck_assert_int_eq(clip_memory_init(&m, &options.format, n), STATUS_OK);
  float* const in = m.planes[0].data;
  for (uint32_t i = 0; i < n; ++i) { // silent ends, tones in the middle
    const double t = (double)i / n;
    in[i] = (float)(0.3 * sin(PI * t) * (sin(2 * PI * 440 * t) +
                                         sin(2 * PI * 3000 * t)));
  }
  kit_run_alone(legacy, &options, &m.clip, &a);
  kit_run_alone(native, &options, &m.clip, &b);
  ck_assert_uint_eq(a.n, rates[_i].to * sizeof(float));
  ck_assert_uint_eq(b.n, a.n);
  for (uint32_t i = 0; i < rates[_i].to; ++i) {
    const float x = ((const float*)(const void*)a.bytes)[i];
    const float y = ((const float*)(const void*)b.bytes)[i];
    ck_assert_msg(fabsf(x - y) < rates[_i].most, "frame %u: %g, %g", i, x, y);
  }
  clip_memory_fini(&m);
  free(a.bytes);
  free(b.bytes);
}
END_TEST

// What goes through as a value comes back bit for bit -------------------------

START_TEST(audio_passes_through_json_unharmed)
{
  const struct clip_options options =
    options_of(encodings[_i % N_FORMATS], 8000, 1 + _i % 2, 777);
  struct clip_memory m;
  struct heap a = new_heap();
  struct heap b = new_heap();
  ck_assert_int_eq(clip_memory_init(&m, &options.format, N_HARD), STATUS_OK);
  fill_hard(&m);
  kit_run_alone(HEAD "  b: {type: json.lib, in: a, with: {library: small, node: "
                     "PassThrough}}\n" TAIL,
                &options, &m.clip, &a);
  kit_run_alone(HEAD "  z: {type: clip.out, in: a}\n", &options, &m.clip, &b);
  ck_assert_uint_eq(a.n, b.n);
  ck_assert_int_eq(memcmp(a.bytes, b.bytes, a.n), 0);
  clip_memory_fini(&m);
  free(a.bytes);
  free(b.bytes);
}
END_TEST

// Nodes that are programs -------------------------------------------------------

// The program's own path, since a graph's folder is not the source's.
static void
write_graph(char* out, size_t n, const char* runner, const char* program,
            const char* params)
{
  const char* const source = getenv("top_srcdir");
  snprintf(out, n,
           HEAD "  b: {type: json.exec, in: a, with: {command: [%s, "
                "%s/plugins/legacy/%s], params: %s}}\n" TAIL,
           runner, source ? source : ".", program, params);
}

START_TEST(a_node_in_shell_halves_every_sample)
{
  enum { N = 5000 };
  const struct clip_options options = options_of(RILL_ENC_F32, 8000, 2, 1024);
  char graph[8192];
  struct clip_memory m;
  struct heap a = new_heap();
  struct heap b = new_heap();
  write_graph(graph, sizeof graph, "/bin/sh", "halve.sh", "{}");
  ck_assert_int_eq(clip_memory_init(&m, &options.format, N), STATUS_OK);
  fill_talk(&m);
  memcpy(m.planes[1].data, (float*)m.planes[0].data + 100, (N - 100) * 4);
  kit_run_alone(graph, &options, &m.clip, &a);
  kit_run_alone(HEAD "  z: {type: clip.out, in: a}\n", &options, &m.clip, &b);
  ck_assert_uint_eq(a.n, b.n);
  ck_assert_uint_eq(a.n, 2 * N * sizeof(float));
  for (size_t i = 0; i < 2 * N; ++i) {
    const float halved = ((const float*)(const void*)a.bytes)[i];
    const float whole = ((const float*)(const void*)b.bytes)[i];
    ck_assert_msg(halved == whole / 2, "sample %zu: %g of %g", i, halved, whole);
  }
  clip_memory_fini(&m);
  free(a.bytes);
  free(b.bytes);
}
END_TEST

// A loud second stays, a quiet one is turned down; nothing is lost.
START_TEST(a_node_in_python_gates_noise)
{
  enum { RATE = 8000 };
  const struct clip_options options = options_of(RILL_ENC_F32, RATE, 1, 999);
  char graph[8192];
  struct clip_memory m;
  struct heap a = new_heap();
  write_graph(graph, sizeof graph, "/usr/bin/python3", "denoise.py",
              "{threshold: 0.05, floor: 0.25}");
  ck_assert_int_eq(clip_memory_init(&m, &options.format, 2 * RATE + 17), 0);
  float* const in = m.planes[0].data;
  for (int i = 0; i < 2 * RATE + 17; ++i) {
    in[i] = (float)((i < RATE ? 0.5 : 0.01) * sin(i * 0.5));
  }
  kit_run_alone(graph, &options, &m.clip, &a);
  const float* const out = (const float*)(const void*)a.bytes;
  ck_assert_uint_eq(a.n, (2 * RATE + 17) * sizeof(float));
  for (int i = 0; i < 2 * RATE + 17; ++i) {
    const int is_gliding = i >= RATE && i < RATE + 80;
    ck_assert(is_gliding || out[i] == (i < RATE ? in[i] : 0.25f * in[i]));
  }
  clip_memory_fini(&m);
  free(a.bytes);
}
END_TEST

// Old and new nodes in one graph ----------------------------------------------

START_TEST(a_graph_of_both_gives_what_one_of_natives_gives)
{
  static const char mixed[] =
    HEAD "  v: {type: json.lib, in: a, with: {library: vad, params: "
         "{sample_rate: 44100}}}\n"
         "  r: {type: resample, in: v, with: {rate: 16kHz}}\n"
         "  b: {type: json.lib, in: r, with: {library: convert, out_encoding: "
         "s16, params: {target_format: I16}}}\n" TAIL;
  static const char native[] =
    HEAD "  v: {type: vad, in: a, with: {mode: energy}}\n"
         "  r: {type: resample, in: v.out, with: {rate: 16kHz}}\n"
         "  b: {type: convert, in: r, with: {encoding: s16, scale: legacy}}\n"
         TAIL;
  const struct clip_options options = options_of(RILL_ENC_F32, 44100, 1, 4096);
  struct clip_memory m;
  struct heap a = new_heap();
  struct heap b = new_heap();
  ck_assert_int_eq(clip_memory_init(&m, &options.format, 44100), STATUS_OK);
  fill_talk(&m);
  kit_run_alone(mixed, &options, &m.clip, &a);
  kit_run_alone(native, &options, &m.clip, &b);
  ck_assert_uint_eq(a.n, 16000 * sizeof(int16_t));
  ck_assert_uint_eq(a.n, b.n);
  ck_assert_int_eq(memcmp(a.bytes, b.bytes, a.n), 0);
  clip_memory_fini(&m);
  free(a.bytes);
  free(b.bytes);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, kit_set_up, kit_tear_down);
  tcase_add_loop_test(tcase, conversion_gives_the_same_bytes, 0,
                      N_FORMATS * N_FORMATS);
  tcase_add_loop_test(tcase, verdicts_are_the_same, 0,
                      sizeof talks / sizeof talks[0]);
  tcase_add_loop_test(tcase, clips_are_resampled_alike, 0,
                      sizeof rates / sizeof rates[0]);
  tcase_add_loop_test(tcase, audio_passes_through_json_unharmed, 0, 6);
  tcase_add_test(tcase, a_node_in_shell_halves_every_sample);
  if (!access("/usr/bin/python3", X_OK)) {
    tcase_add_test(tcase, a_node_in_python_gates_noise);
  }
  tcase_add_test(tcase, a_graph_of_both_gives_what_one_of_natives_gives);
}

int
main(int argc, char** argv)
{
  const int scanned = scan_main(argc, argv);
  return scanned >= 0 ? scanned : suite_run("parity", 120, add_tests);
}
