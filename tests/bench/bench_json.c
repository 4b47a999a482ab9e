// SPDX-License-Identifier: ISC
// What JSON between two nodes costs: a million f32 as a value, its text, read
// again, converted to s16, and that as a value and its text. By jansson's
// values, by the JSON shim's texts, and by these with base64.
//   bench_json [--json] [PART-OF-A-STAGE'S-NAME]
// The shim makes no value of a buffer, so its "create" is nothing.
#include "plugins/json_shim/test_buffer.h"
#include "plugins/json_shim/value_text.h"
#include "rows.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N_SAMPLES = 1000000, N_TURNS = 15 };

enum stage {
  CREATE_F32, DUMP_F32, PARSE, EXTRACT, CONVERT, CREATE_S16, DUMP_S16, FREE, WHOLE, N_STAGES
};

static const char* const stage_names[N_STAGES] = {
  "create value of 1M f32", "dump it", "parse text", "extract f32", "convert to s16",
  "create value of 1M s16", "dump it again", "free all", "all of these"
};

// What all ways work on.
static float samples[N_SAMPLES];
static float back[N_SAMPLES];
static int16_t converted[N_SAMPLES];

static void
require(int condition, const char* what)
{
  if (!condition) {
    fprintf(stderr, "bench_json: %s\n", what);
    exit(EXIT_FAILURE);
  }
}

static double
now_us(void)
{
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
convert(void)
{
  for (size_t i = 0; i < N_SAMPLES; ++i) {
    const float x = back[i] * 32768.0f;
    converted[i] = (int16_t)(x > 32767.0f ? 32767.0f : x < -32768.0f ? -32768.0f : x);
  }
}

static void
check(void)
{
  require(!memcmp(samples, back, sizeof samples), "the samples are not the same");
}

// --------------------------------------------------------------- by values

static struct {
  json_t* out;
  json_t* in;
  json_t* again;
  char* text;
  char* text_again;
} values;

static void
create_f32_values(void)
{
  values.out = json_array();
  for (size_t i = 0; i < N_SAMPLES; ++i) {
    json_array_append_new(values.out, json_real((double)samples[i]));
  }
}

static void
dump_f32_values(void)
{
  values.text = json_dumps(values.out, JSON_COMPACT | JSON_REAL_PRECISION(9));
  require(values.text != NULL, "out of memory");
}

static void
parse_values(void)
{
  values.in = json_loads(values.text, 0, NULL);
  require(json_array_size(values.in) == N_SAMPLES, "its own text is not read");
}

static void
extract_values(void)
{
  for (size_t i = 0; i < N_SAMPLES; ++i) {
    back[i] = (float)json_number_value(json_array_get(values.in, i));
  }
}

static void
create_s16_values(void)
{
  values.again = json_array();
  for (size_t i = 0; i < N_SAMPLES; ++i) {
    json_array_append_new(values.again, json_integer(converted[i]));
  }
}

static void
dump_s16_values(void)
{
  values.text_again = json_dumps(values.again, JSON_COMPACT);
  require(values.text_again != NULL, "out of memory");
}

static void
free_values(void)
{
  json_decref(values.out);
  json_decref(values.in);
  json_decref(values.again);
  free(values.text);
  free(values.text_again);
}

// ---------------------------------------------------------------- by texts

static struct {
  struct text text;
  struct text text_again;
  struct document doc;
  struct test_buffer out;
  struct test_buffer in;
  struct test_buffer again;
  enum value_coding coding;
  struct why why;
} texts;

static void
create_nothing(void)
{
}

static void
dump_f32_text(void)
{
  require(value_text_audio(&texts.text, &texts.out.buffer, 0, N_SAMPLES, texts.coding,
                           &texts.why) >= 0, texts.why.text);
}

static void
parse_text(void)
{
  require(document_read(&texts.doc, texts.text.at, texts.text.n, &texts.why) >= 0,
          texts.why.text);
}

static void
extract_text(void)
{
  struct value_audio audio;
  uint32_t n_done = 0;
  require(value_audio_open(&audio, &texts.doc, texts.doc.root, &texts.why) >= 0 &&
            value_audio_read(&audio, &texts.in.buffer, N_SAMPLES, &n_done, &texts.why) >= 0 &&
            n_done == N_SAMPLES, texts.why.text);
}

static void
dump_s16_text(void)
{
  require(value_text_audio(&texts.text_again, &texts.again.buffer, 0, N_SAMPLES,
                           texts.coding, &texts.why) >= 0, texts.why.text);
}

static void
free_texts(void)
{
  document_clear(&texts.doc);
  texts.text.n = 0;
  texts.text_again.n = 0;
}

static const struct way {
  const char* name;
  enum value_coding coding;
  void (*stages[WHOLE])(void);
} ways[] = {
  { "jansson", VALUE_NUMBERS,
    { create_f32_values, dump_f32_values, parse_values, extract_values, convert,
      create_s16_values, dump_s16_values, free_values } },
  { "rill", VALUE_NUMBERS,
    { create_nothing, dump_f32_text, parse_text, extract_text, convert, create_nothing,
      dump_s16_text, free_texts } },
  { "rill, base64", VALUE_BASE64,
    { create_nothing, dump_f32_text, parse_text, extract_text, convert, create_nothing,
      dump_s16_text, free_texts } },
};
enum { N_WAYS = sizeof ways / sizeof ways[0] };

static void
run(const struct way* way, double* us)
{
  texts.coding = way->coding;
  us[WHOLE] = 0;
  for (int i = 0; i < WHOLE; ++i) {
    const double begin = now_us();
    way->stages[i]();
    us[i] = now_us() - begin;
    us[WHOLE] += us[i];
  }
  check();
}

static void
fill(void)
{
  uint32_t x = 99;
  for (size_t i = 0; i < N_SAMPLES; ++i) {
    x = x * 1664525u + 1013904223u;
    samples[i] = (float)((double)x / 4294967296.0 * 2 - 1);
  }
  test_buffer_init(&texts.out, RILL_ENC_F32, RILL_PLANAR, 1, N_SAMPLES, samples);
  test_buffer_init(&texts.in, RILL_ENC_F32, RILL_PLANAR, 1, N_SAMPLES, back);
  test_buffer_init(&texts.again, RILL_ENC_S16, RILL_PLANAR, 1, N_SAMPLES, converted);
}

int
main(int argc, char** argv)
{
  static struct row rows[N_STAGES][N_WAYS];
  const struct rows_wish wish = rows_read_words(argc, argv);
  double us[N_STAGES];
  fill();
  for (int turn = -1; turn < N_TURNS; ++turn) { // the first warms up
    for (int w = 0; w < N_WAYS; ++w) {
      run(&ways[w], us);
      for (int s = 0; s < N_STAGES && turn >= 0; ++s) {
        rows[s][w].name = ways[w].name;
        rows[s][w].us[turn] = us[s];
      }
    }
  }
  rows_begin("rill.bench.json/1", wish.as_json);
  for (int s = 0; s < N_STAGES; ++s) {
    if (strstr(stage_names[s], wish.part)) {
      rows_sum_up(rows[s], N_WAYS, N_TURNS);
      rows_print(stage_names[s], rows[s], N_WAYS, wish.as_json);
    }
  }
  rows_end(wish.as_json);
  document_free(&texts.doc);
  text_free(&texts.text);
  text_free(&texts.text_again);
  return EXIT_SUCCESS;
}
