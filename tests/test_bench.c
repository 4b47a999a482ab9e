// SPDX-License-Identifier: ISC
// What `rill bench` says of itself and in what form; never how fast things are.
#include "base/json_read.h"
#include "base/mem.h"
#include "bench/bench.h"
#include "bench/chart.h"
#include "bench/series.h"
#include "load/scan.h"
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

static char folder[] = "/tmp/rill-test-bench-XXXXXX";

static void
set_up(void)
{
  char plugins[4096];
  const char* const build = getenv("top_builddir");
  ck_assert_ptr_nonnull(mkdtemp(folder));
  snprintf(plugins, sizeof plugins, "%s/plugins", build ? build : ".");
  setenv("RILL_PLUGIN_PATH", plugins, 1);
  setenv("RILL_CACHE_DIR", folder, 1);
  setenv("RILL_RUNTIME_DIR", folder, 1);
}

static void
tear_down(void)
{
  char command[128];
  snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", folder, folder);
  ck_assert_int_eq(system(command), 0);
}

static const struct {
  const char* values;
  double median;
  double least;
} lists[] = {
  { "", 0, 0 },
  { "-1", 0, 0 }, // did not happen
  { "5", 5, 5 },
  { "9 1", 5, 1 },
  { "3 1 2", 2, 1 },
  { "3 -1 1 2 -1 100", 2.5, 1 },
};

START_TEST(a_median_is_that_of_what_happened)
{
  char text[64];
  struct series s;
  ck_assert(series_init(&s, 8));
  snprintf(text, sizeof text, "%s", lists[_i].values);
  for (char* w = strtok(text, " "); w; w = strtok(NULL, " ")) {
    series_add(&s, atof(w));
  }
  ck_assert_double_eq(series_median(&s), lists[_i].median);
  ck_assert_double_eq(series_least(&s), lists[_i].least);
  series_fini(&s);
}
END_TEST

static const struct {
  const char* word;
  const char* near;
} words[] = { { "sede", "seed" }, { "resue", "reuse" }, { "xyzzy", NULL } };

START_TEST(a_mistyped_name_is_understood)
{
  const char* const near = bench_nearest(words[_i].word);
  ck_assert_ptr_null(bench_find(words[_i].word));
  ck_assert(words[_i].near ? near && !strcmp(near, words[_i].near) : !near);
}
END_TEST

// The document of a bench, as a program reads it.
static struct json_value*
read_json(const struct bench_rows* rows)
{
  char* text = NULL;
  size_t n = 0;
  char error[128];
  struct json_value* doc = NULL;
  FILE* const to = open_memstream(&text, &n);
  ck_assert_int_eq(bench_print_json(rows, to), STATUS_OK);
  fclose(to);
  ck_assert_int_eq(json_read(text, n, &doc, error, sizeof error), STATUS_OK);
  free(text);
  return doc;
}

static void
check_machine(const struct json_value* machine)
{
  static const char* const texts[] = { "cpu", "vectors", "kernel", "compiler",
                                       "date" };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
    const char* const text = json_find_text(machine, texts[i]);
    ck_assert_msg(text && *text, "machine.%s", texts[i]);
  }
  ck_assert(json_find_number(machine, "cores", -1) >= 1);
}

static void
check_rows(const struct json_value* rows, size_t n)
{
  ck_assert_uint_eq(json_n_items(rows), n);
  for (size_t i = 0; i < n; ++i) {
    const struct json_value* const row = json_item(rows, i);
    const double median = json_find_number(row, "median_ns", -1);
    ck_assert_ptr_nonnull(json_find_text(row, "subject"));
    ck_assert_ptr_nonnull(json_find_text(row, "way"));
    ck_assert_ptr_nonnull(json_find_text(row, "step"));
    ck_assert(median > 0);
    ck_assert(json_find_number(row, "least_ns", -1) <= median);
    ck_assert(json_find_number(row, "turns", 0) >= 1);
  }
}

static void
check_text(const struct bench* bench, const struct bench_rows* rows)
{
  char* text = NULL;
  size_t n = 0;
  FILE* const to = open_memstream(&text, &n);
  ck_assert_int_eq(bench->print ? bench->print(rows, to)
                                : bench_print_rows(rows, to),
                   STATUS_OK);
  fclose(to);
  ck_assert_ptr_nonnull(strstr(text, rows->machine.cpu));
  for (char* line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
    ck_assert_msg(strlen(line) <= 100, "%s", line);
  }
  free(text);
}

START_TEST(every_bench_gives_rows_a_text_and_a_document)
{
  const struct bench* const bench = &benches[_i];
  const struct bench_options options = { .n_turns = 1, .quick = 1 };
  struct bench_rows rows = { .bench = bench->name };
  machine_learn(&rows.machine);
  ck_assert_int_eq(bench->run(&options, &rows), STATUS_OK);
  ck_assert_uint_gt(rows.n, 1);
  struct json_value* const doc = read_json(&rows);
  ck_assert_str_eq(json_find_text(doc, "schema"), "rill.bench/1");
  ck_assert_str_eq(json_find_text(doc, "bench"), bench->name);
  check_machine(json_find(doc, "machine"));
  check_rows(json_find(doc, "rows"), rows.n);
  check_text(bench, &rows);
  json_drop(doc);
  bench_rows_fini(&rows);
}
END_TEST

// A chart of two groups, as text.
static char*
draw(const struct chart* chart)
{
  char* text = NULL;
  size_t n = 0;
  FILE* const to = open_memstream(&text, &n);
  chart_write(chart, to);
  fclose(to);
  return text;
}

static int
count(const char* text, const char* part)
{
  int n = 0;
  for (; (text = strstr(text, part)); text += strlen(part)) {
    ++n;
  }
  return n;
}

// The right end of the only bar of a chart on a scale from 1 us to 1 s.
static int
width_of(double ns)
{
  const struct chart_bar bars[] = { { "low", 1e3, CHART_OTHER },
                                    { "high", 1e9, CHART_OTHER },
                                    { "it", ns, CHART_OURS } };
  const struct chart_group group = { "g", bars, 3, 0 };
  const struct chart chart = { "t", "s", "f", &group, 1 };
  char* const text = draw(&chart);
  const char* bar = text;
  int width = 0;
  for (int i = 0; i < 4; ++i) { // the ground, then the bars
    bar = strstr(bar + 1, "<rect");
  }
  ck_assert_int_eq(sscanf(strstr(bar, "width="), "width=\"%d", &width), 1);
  free(text);
  return width;
}

START_TEST(a_chart_has_a_bar_for_each_time_on_a_logarithmic_scale)
{
  const struct chart_bar bars[] = {
    { "ours", 2e5, CHART_OURS },
    { "<others> & more", 4e6, CHART_OTHER },
    { "their \"own\"", 2e7, CHART_PUBLISHED },
  };
  const struct chart_group groups[] = { { "a < b", bars, 3, 1e5 },
                                        { "c", bars, 2, 0 } };
  const struct chart chart = { "title", "sub", "one\ntwo", groups, 2 };
  char* const text = draw(&chart);
  ck_assert_int_eq(count(text, "<rect"), 1 + 3 + 2);
  ck_assert_int_eq(count(text, "class=\"target\""), 1);
  ck_assert_int_eq(count(text, "class=\"foot\""), 2);
  ck_assert_int_eq(count(text, "&lt;others&gt; &amp; more"), 2);
  ck_assert_int_eq(count(text, ">20.0 x<"), 2); // 4 ms to 200 us
  ck_assert_int_eq(count(text, ">100 x<"), 1);
  ck_assert_int_eq(count(text, "<text"), count(text, "</text>"));
  ck_assert_ptr_nonnull(strstr(text, "</svg>\n"));
  free(text);
  const int decade = width_of(1e5) - width_of(1e4);
  ck_assert_int_gt(decade, 50);
  ck_assert_int_le(abs(width_of(1e7) - width_of(1e6) - decade), 1);
}
END_TEST

// What the published table has beside ours must be there for each job.
static const struct {
  const char* subject;
  const char* way;
  const char* step;
  double published_ns;
} seed_rows[] = {
  { "convert", "native", "full", 21.6e6 },
  { "convert", "native", "set-up", 11.5e6 },
  { "convert", "native", "processing", 11.23e6 },
  { "convert", "native", "total with set-up", 36.82e6 },
  { "convert", "direct", "full", 21.6e6 },
  { "convert", "values", "JSON creation", 10.4e6 },
  { "convert", "values", "node creation", 0.4 },
  { "convert", "values", "init", 89 },
  { "convert", "values", "processing", 11.23e6 },
  { "convert", "values", "output serialisation", 16.9e6 },
  { "convert", "shim", "JSON creation", 10.4e6 },
  { "convert", "shim", "full", 21.6e6 },
  { "resample", "native", "full", 1.37e6 },
  { "resample", "direct", "full", 1.37e6 },
  { "resample", "values", "full", 1.37e6 },
  { "resample", "shim", "full", 1.37e6 },
  { "vad", "native", "full", 2.65e6 },
  { "vad", "direct", "full", 2.65e6 },
  { "vad", "values", "full", 2.65e6 },
  { "vad", "shim", "full", 2.65e6 },
  { "pipeline", "native", "full", 4.17e6 },
  { "pipeline", "direct", "full", 4.17e6 },
  { "pipeline", "values", "full", 4.17e6 },
  { "pipeline", "shim", "full", 4.17e6 },
};

START_TEST(the_seed_has_its_rows)
{
  const struct bench_options options = { .n_turns = 1, .quick = 1 };
  struct bench_rows rows = { .bench = "seed" };
  ck_assert_int_eq(bench_find("seed")->run(&options, &rows), STATUS_OK);
  for (size_t i = 0; i < sizeof seed_rows / sizeof seed_rows[0]; ++i) {
    const struct bench_row* const row =
      bench_rows_find(&rows, seed_rows[i].subject, seed_rows[i].way,
                      seed_rows[i].step);
    ck_assert_msg(row != NULL, "%s, %s, %s", seed_rows[i].subject,
                  seed_rows[i].way, seed_rows[i].step);
    ck_assert_double_eq(row->published_ns, seed_rows[i].published_ns);
  }
  bench_rows_fini(&rows);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_loop_test(tcase, a_median_is_that_of_what_happened, 0,
                      sizeof lists / sizeof lists[0]);
  tcase_add_loop_test(tcase, a_mistyped_name_is_understood, 0,
                      sizeof words / sizeof words[0]);
  tcase_add_loop_test(tcase, every_bench_gives_rows_a_text_and_a_document, 0,
                      (int)n_benches);
  tcase_add_test(tcase, a_chart_has_a_bar_for_each_time_on_a_logarithmic_scale);
  tcase_add_test(tcase, the_seed_has_its_rows);
}

int
main(int argc, char** argv)
{
  const int scanned = scan_main(argc, argv);
  return scanned >= 0 ? scanned : suite_run("bench", 120, add_tests);
}
