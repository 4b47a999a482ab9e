// SPDX-License-Identifier: ISC
// Figures of made-up runs: tables, profile, progress.
#include "base/mem.h"
#include "report/figures.h"
#include "report/profile.h"
#include "report/progress.h"
#include "report/table.h"
#include "report/trace.h"
#include "tests/suite.h"

#include <math.h>
#include <string.h>

static const struct {
  int64_t ns;
  const char* text;
} times[] = {
  { 0, "0 ns" },           { 999, "999 ns" },      { 1000, "1.00 us" },
  { 4123, "4.12 us" },     { 999499, "999 us" },   { 999500, "1.00 ms" },
  { 21600000, "21.6 ms" }, { 999600000, "1.00 s" }, { 754000000000, "754 s" },
};

START_TEST(a_time_has_three_digits)
{
  ck_assert_str_eq(figure_time(times[_i].ns).text, times[_i].text);
}
END_TEST

START_TEST(figures_say_when_they_are_unknown)
{
  ck_assert_str_eq(figure_media(-1).text, "-");
  ck_assert_str_eq(figure_speed(-1).text, "-");
  ck_assert_str_eq(figure_speed(INFINITY).text, "-");
  ck_assert_str_eq(figure_clock(NAN).text, "-");
  ck_assert_str_eq(figure_percent(NAN).text, "-");
  ck_assert_str_eq(figure_bytes(640).text, "640 B");
  ck_assert_str_eq(figure_bytes(1310720).text, "1.25 MiB");
  ck_assert_str_eq(figure_clock(12).text, "0:12");
  ck_assert_str_eq(figure_clock(3723).text, "1:02:03");
  ck_assert_str_eq(figure_percent(0.004).text, "0.4 %");
  ck_assert_str_eq(figure_percent(0.42).text, "42 %");
}
END_TEST

// What *print* puts into a file; free it.
#define CAPTURE(text, print)                                                   \
  do {                                                                         \
    size_t n_captured = 0;                                                     \
    FILE* const to = open_memstream(&(text), &n_captured);                     \
    ck_assert_ptr_nonnull(to);                                                 \
    print;                                                                     \
    fclose(to);                                                                \
  } while (0)

START_TEST(columns_line_up)
{
  struct table table;
  char* text = NULL;
  table_begin(&table, "node|>calls|empty|>x");
  table_add(&table, "%s", "\xc3\xa4");
  table_add(&table, "%d", 7);
  table_add(&table, "%s", "");
  table_add(&table, "%s", "");
  table_add(&table, "%s", "long one");
  table_add(&table, "%d", 123456);
  table_add(&table, "%s", "");
  table_add(&table, "%d", 1);
  CAPTURE(text, ck_assert_int_eq(table_print(&table, 1, to), STATUS_OK));
  ck_assert_str_eq(text, " node       calls  x\n"
                         " \xc3\xa4              7\n"
                         " long one  123456  1\n");
  free(text);
}
END_TEST

START_TEST(a_table_without_memory_says_so)
{
  struct table table;
  char* text = NULL;
  mem_fail_at(1, 1);
  table_begin(&table, "a|b");
  table_add(&table, "x");
  mem_fail_at(0, 0);
  CAPTURE(text, ck_assert_int_eq(table_print(&table, 0, to), STATUS_NO_MEMORY));
  free(text);
}
END_TEST

// src -> slow -> sink and src -> fast -> sink, 48 kHz.
struct made_up {
  struct rill_node_desc source;
  struct rill_node_desc filter;
  struct node_type types[2];
  struct plan_slot slots[8];
  struct plan_node nodes[4];
  struct plan_link links[4];
  struct plan plan;
  struct engine_stats stats[4];
  struct engine_totals totals;
};

static struct plan_slot
audio_slot(int32_t link)
{
  return (struct plan_slot){
    .slot = { .connected = 1,
              .format = { .kind = RILL_KIND_AUDIO, .rate = 48000,
                          .rate_den = 1, .channels = 1 } },
    .link = link
  };
}

static void
make_nodes(struct made_up* m)
{
  static char* const ids[] = { (char*)"src", (char*)"slow", (char*)"fast",
                               (char*)"sink" };
  for (int i = 0; i < 8; ++i) {
    m->slots[i] = audio_slot(-1);
  }
  for (int i = 0; i < 4; ++i) {
    m->nodes[i] = (struct plan_node){ .id = ids[i],
                                      .type = &m->types[i != 0],
                                      .n_in = i == 3 ? 2 : i != 0,
                                      .in = &m->slots[i == 3 ? 3 : i],
                                      .n_out = i != 3,
                                      .out = &m->slots[5 + i % 3] };
    m->stats[i].n_calls = 10;
    m->stats[i].frames_in = i ? 48000 : 0;
    m->stats[i].frames_out = i != 3 ? 48000 : 0;
    m->stats[i].busy_ns = 1000000;
    m->stats[i].max_ns = 200000;
    m->stats[i].histogram[32] = 9;
    m->stats[i].histogram[35] = 1;
  }
}

static void
make_up(struct made_up* m)
{
  static const struct plan_link links[] = {
    { .from = 0, .to = 1 }, { .from = 0, .to = 2 },
    { .from = 2, .to = 3 }, { .from = 1, .to = 3, .to_slot = 1 },
  };
  *m = (struct made_up){ 0 };
  m->source = (struct rill_node_desc){ .name = "tone" };
  m->filter = (struct rill_node_desc){ .name = "filter" };
  m->types[0].desc = &m->source;
  m->types[1].desc = &m->filter;
  make_nodes(m);
  memcpy(m->links, links, sizeof links);
  m->slots[1].link = 0;
  m->slots[2].link = 1;
  m->slots[3].link = 2;
  m->slots[4].link = 3;
  m->stats[1].busy_ns = 7000000;
  m->nodes[2].origin = PLAN_CONVERTER;
  m->plan = (struct plan){ .name = (char*)"made-up", .nodes = m->nodes,
                           .n_nodes = 4, .links = m->links, .n_links = 4,
                           .block = 4096, .threads = 2 };
  m->totals = (struct engine_totals){ .wall_ns = 10000000, .n_threads = 2,
                                      .buffers_made = 12, .bytes_pooled = 2048,
                                      .buffers_used = 40 };
}

START_TEST(a_profile_adds_up)
{
  struct made_up m;
  struct profile p;
  make_up(&m);
  ck_assert_int_eq(profile_make(&m.plan, m.stats, &m.totals, &p), STATUS_OK);
  ck_assert(p.nodes[1].share == 0.7);
  ck_assert(p.nodes[0].media_in_s == -1 && p.nodes[0].media_out_s == 1);
  ck_assert(p.nodes[3].media_in_s == 1 && p.nodes[3].media_out_s == -1);
  ck_assert(p.media_s == 1 && fabs(p.speed - 100) < 1e-9);
  ck_assert(fabs(p.workers_busy - 0.5) < 1e-9);
  ck_assert(fabs(p.nodes[1].speed - 1000.0 / 7) < 1e-9);
  profile_fini(&p);
}
END_TEST

START_TEST(the_critical_path_goes_through_the_slow_branch)
{
  struct made_up m;
  struct profile p;
  make_up(&m);
  ck_assert_int_eq(profile_make(&m.plan, m.stats, &m.totals, &p), STATUS_OK);
  ck_assert_int_eq(p.critical_ns, 9000000);
  ck_assert(p.nodes[0].is_critical && p.nodes[1].is_critical);
  ck_assert(!p.nodes[2].is_critical && p.nodes[3].is_critical);
  profile_fini(&p);
}
END_TEST

START_TEST(percentiles_come_from_the_histogram)
{
  struct engine_stats stats = { 0 };
  ck_assert_int_eq(profile_percentile(&stats, 0.99), 0);
  stats.histogram[20] = 99; // 1024 to 1448 ns
  stats.histogram[40] = 1;  // 1.05 to 1.48 ms
  ck_assert_int_eq(profile_percentile(&stats, 0.5), 1217);
  ck_assert_int_eq(profile_percentile(&stats, 0.99), 1217);
  ck_assert_int_eq(profile_percentile(&stats, 1), 1246974);
  stats.max_ns = 1100000;
  ck_assert_int_eq(profile_percentile(&stats, 1), 1100000);
}
END_TEST

START_TEST(the_profile_table_reads_well)
{
  struct made_up m;
  struct profile p;
  char* text = NULL;
  make_up(&m);
  ck_assert_int_eq(profile_make(&m.plan, m.stats, &m.totals, &p), STATUS_OK);
  CAPTURE(text, ck_assert_int_eq(profile_print(&p, to), STATUS_OK));
  ck_assert_str_eq(
    text,
    "node    type    calls  media in  media out     busy  share      p50     "
    "p99     max  real time\n"
    "src     tone       10         -     1.00 s  1.00 ms   10 %  77.9 us  200 "
    "us  200 us     1000 x\n"
    "slow    filter     10    1.00 s     1.00 s  7.00 ms   70 %  77.9 us  200 "
    "us  200 us      143 x\n"
    "fast *  filter     10    1.00 s     1.00 s  1.00 ms   10 %  77.9 us  200 "
    "us  200 us     1000 x\n"
    "sink    filter     10    1.00 s          -  1.00 ms   10 %  77.9 us  200 "
    "us  200 us     1000 x\n"
    "* put in to convert a format\n"
    "total          10.0 ms for 1.00 s of media: 100 x real time\n"
    "workers        2, 50 % busy; 2 threads in all\n"
    "buffers        12 made (2.00 KiB), taken 40 times; 0 copied\n"
    "critical path  src > slow > sink: 9.00 ms busy\n");
  free(text);
  profile_fini(&p);
}
END_TEST

START_TEST(parts_of_a_node_stand_beside_its_time)
{
  struct made_up m;
  struct profile p;
  char* text = NULL;
  make_up(&m);
  ck_assert_int_eq(profile_make(&m.plan, m.stats, &m.totals, &p), STATUS_OK);
  p.nodes[1].parts = (struct engine_parts){ .n = 2,
                                            .names = { "encode", "call" },
                                            .ns = { 2000000, 4000000 } };
  p.nodes[2].parts = (struct engine_parts){ .n = 1, .names = { "call" },
                                            .ns = { 500000 } };
  CAPTURE(text, ck_assert_int_eq(profile_print(&p, to), STATUS_OK));
  ck_assert_ptr_nonnull(strstr(text, "   busy   encode     call  share "));
  ck_assert_ptr_nonnull(strstr(text, "  7.00 ms  2.00 ms  4.00 ms   70 % "));
  ck_assert_ptr_nonnull(strstr(text, "  1.00 ms            500 us   10 % "));
  free(text);
  CAPTURE(text, ck_assert_int_eq(profile_print_json(&p, to), STATUS_OK));
  ck_assert_ptr_nonnull(strstr(text, "\"parts_ns\""));
  ck_assert_ptr_nonnull(strstr(text, "\"encode\": 2000000"));
  ck_assert_ptr_null(strstr(strstr(text, "\"sink\""), "\"parts_ns\""));
  free(text);
  profile_fini(&p);
}
END_TEST

START_TEST(a_profile_without_memory_is_none)
{
  struct made_up m;
  struct profile p = { 0 };
  make_up(&m);
  for (uint64_t n = 1; n <= 3; ++n) {
    mem_fail_at(n, 0);
    ck_assert_int_eq(profile_make(&m.plan, m.stats, &m.totals, &p),
                     STATUS_NO_MEMORY);
    ck_assert_ptr_null(p.nodes);
  }
  mem_fail_at(0, 0);
}
END_TEST

START_TEST(a_trace_has_a_row_for_each_thread)
{
  struct made_up m;
  char* text = NULL;
  const struct engine_event events[] = {
    { 5000, 7500, 0, 0, 0 }, { 8000, 9000, 1, 2, 3 }
  };
  make_up(&m);
  CAPTURE(text,
          ck_assert_int_eq(trace_write(&m.plan, events, 2, to), STATUS_OK));
  ck_assert_ptr_nonnull(strstr(text, "{\"name\": \"worker 1\"}"));
  ck_assert_ptr_nonnull(strstr(text, "{\"name\": \"blocking 0\"}"));
  ck_assert_ptr_nonnull(
    strstr(text, "{\"name\": \"slow\", \"cat\": \"filter\", \"ph\": \"X\", "
                 "\"pid\": 1, \"tid\": 2, \"ts\": 3, \"dur\": 1, \"args\": "
                 "{\"block\": 3}}\n]}\n"));
  free(text);
}
END_TEST

static const struct {
  struct progress_sample sample;
  struct progress_look look;
  const char* line;
} lines[] = {
  // unknown length and no media: only the clock
  { { "g", -1, -1, 3, 0 }, { PROGRESS_PLAIN, 80, 0 }, "g: 0:03 elapsed" },
  { { "g", 0, 0, 0, 0 }, { PROGRESS_PLAIN, 80, 0 },
    "g:   0 %  0.00 s of media  - real time  0:00 elapsed" },
  { { "g", 0.5, 20, 2, 0 }, { PROGRESS_PLAIN, 80, 0 },
    "g:  50 %  20.00 s of media  10.0 x real time  0:02 to go" },
  { { "g", 1, 20, 2, 1 }, { PROGRESS_PLAIN, 80, 0 },
    "g: 100 %  20.00 s of media  10.0 x real time  0:02 elapsed" },
  { { "g", 0.5, 20, 2, 0 }, { PROGRESS_BAR, 74, 0 },
    "g  [#######......]   50 %  20.00 s of media  10.0 x real time  0:02 to "
    "go" },
  { { "g", 0.5, 20, 2, 0 }, { PROGRESS_BAR, 40, 0 },
    " 50 %  20.00 s of media  10.0 x real time  0:02 to go" },
  { { "g", 0.5, 20, 2, 0 }, { PROGRESS_JSON, 80, 0 },
    "{\"schema\": \"rill.progress/1\", \"graph\": \"g\", \"part\": 0.5, "
    "\"media_s\": 20, \"speed\": 10, \"elapsed_s\": 2, \"remaining_s\": 2, "
    "\"last\": false}" },
};

START_TEST(progress_is_one_line)
{
  struct text text = { 0 };
  progress_line(&lines[_i].sample, &lines[_i].look, &text);
  ck_assert_str_eq(text_get(&text), lines[_i].line);
  text_fini(&text);
}
END_TEST

START_TEST(a_bar_fits_its_terminal)
{
  for (uint32_t columns = 56; columns < 200; ++columns) {
    const struct progress_sample s = { "speech-prep", 0.3, 1234, 20, 0 };
    const struct progress_look look = { PROGRESS_BAR, columns, columns % 2 };
    struct text text = { 0 };
    progress_line(&s, &look, &text);
    ck_assert_uint_lt(text_columns(text_get(&text)), columns);
    text_fini(&text);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_time_has_three_digits, 0,
                      sizeof times / sizeof times[0]);
  tcase_add_test(tcase, figures_say_when_they_are_unknown);
  tcase_add_test(tcase, columns_line_up);
  tcase_add_test(tcase, a_table_without_memory_says_so);
  tcase_add_test(tcase, a_profile_adds_up);
  tcase_add_test(tcase, the_critical_path_goes_through_the_slow_branch);
  tcase_add_test(tcase, percentiles_come_from_the_histogram);
  tcase_add_test(tcase, the_profile_table_reads_well);
  tcase_add_test(tcase, parts_of_a_node_stand_beside_its_time);
  tcase_add_test(tcase, a_profile_without_memory_is_none);
  tcase_add_test(tcase, a_trace_has_a_row_for_each_thread);
  tcase_add_loop_test(tcase, progress_is_one_line, 0,
                      sizeof lines / sizeof lines[0]);
  tcase_add_test(tcase, a_bar_fits_its_terminal);
}

int
main(void)
{
  return suite_run("report", 10, add_tests);
}
