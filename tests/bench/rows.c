// SPDX-License-Identifier: ISC
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double turn_us = 2000.0;

static double
now_us(void)
{
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double
time_runs(const struct row* row, long n)
{
  const double begin = now_us();
  for (long i = 0; i < n; ++i) {
    row->run(row->arg);
  }
  return now_us() - begin;
}

static long
runs_of_a_turn(const struct row* row)
{
  long n = 1;
  time_runs(row, 1); // warms up
  for (double us = 0; (us = time_runs(row, n)) < turn_us;) {
    n = us < turn_us / 8 ? n * 8 : (long)((double)n * turn_us * 1.2 / us) + 1;
  }
  return n;
}

static int
by_value(const void* a, const void* b)
{
  const double x = *(const double*)a, y = *(const double*)b;
  return (x > y) - (x < y);
}

static double
median(double* values, int n)
{
  qsort(values, (size_t)n, sizeof *values, by_value);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

// The ratios first: sorting forgets which turn a time is of.
void
rows_sum_up(struct row* rows, int n, int n_turns)
{
  double ratios[ROWS_MAX_TURNS];
  for (int i = 0; i < n; ++i) {
    for (int t = 0; t < n_turns; ++t) {
      ratios[t] = rows[i].us[t] / rows[0].us[t];
    }
    rows[i].ratio = median(ratios, n_turns);
  }
  for (int i = 0; i < n; ++i) {
    rows[i].median_us = median(rows[i].us, n_turns);
    rows[i].least_us = rows[i].us[0];
  }
}

void
rows_measure(struct row* rows, int n, int n_turns, double parts)
{
  long n_runs[16];
  for (int i = 0; i < n; ++i) {
    n_runs[i] = runs_of_a_turn(&rows[i]);
  }
  for (int t = 0; t < n_turns; ++t) {
    for (int i = 0; i < n; ++i) {
      rows[i].us[t] = time_runs(&rows[i], n_runs[i]) / (double)n_runs[i] * parts;
    }
  }
  rows_sum_up(rows, n, n_turns);
}

void
rows_begin(const char* schema, int as_json)
{
  if (as_json) {
    printf("{\"schema\": \"%s\", \"unit\": \"us of CPU time\", \"rows\": [", schema);
  } else {
    printf("%-34s %-26s %10s %10s %7s\n", "job", "way", "median us", "least us",
           "ratio");
  }
}

void
rows_print(const char* job, const struct row* rows, int n, int as_json)
{
  static int n_before;
  for (int i = 0; i < n; ++i) {
    const struct row* const r = &rows[i];
    if (as_json) {
      printf("%s\n  {\"job\": \"%s\", \"way\": \"%s\", \"median\": %.3f, "
             "\"least\": %.3f, \"ratio\": %.3f}",
             n_before++ ? "," : "", job, r->name, r->median_us, r->least_us,
             r->ratio);
    } else {
      printf("%-34s %-26s %10.2f %10.2f %7.2f\n", job, r->name, r->median_us,
             r->least_us, r->ratio);
    }
  }
  fflush(stdout);
}

void
rows_end(int as_json)
{
  if (as_json) {
    puts("\n]}");
  }
}

struct rows_wish
rows_read_words(int argc, char** argv)
{
  struct rows_wish wish = { 0, "" };
  int i = 1;
  if (i < argc && !strcmp(argv[i], "--json")) {
    wish.as_json = 1;
    ++i;
  }
  if (i < argc && argv[i][0] != '-') {
    wish.part = argv[i++];
  }
  if (i < argc) {
    fprintf(stderr, "usage: %s [--json] [PART-OF-A-JOB'S-NAME]\n", argv[0]);
    exit(2);
  }
  return wish;
}
