// SPDX-License-Identifier: ISC
// Ways to do the same job, timed turn by turn: what slows the machine down
// slows all of them down. Times are CPU time of the calling thread.
#ifndef TESTS_BENCH_ROWS_H
#define TESTS_BENCH_ROWS_H

enum { ROWS_MAX_TURNS = 101 };

struct row {
  const char* name;
  void (*run)(void* arg); // once through the job
  void* arg;
  double us[ROWS_MAX_TURNS]; // of each turn, for one job
  double median_us;
  double least_us;
  double ratio; // median of what each turn gave, the first row being 1
};

/// Fills the figures of *n* rows. A turn of a row lasts two milliseconds or one
/// run; one run does *parts*-th of the job.
void
rows_measure(struct row* rows, int n, int n_turns, double parts);

/// The same from times that the caller has put into the rows.
void
rows_sum_up(struct row* rows, int n, int n_turns);

/// Prints the rows of *job* as text, or as JSON objects with a comma in front
/// of all but the very first.
void
rows_print(const char* job, const struct row* rows, int n, int as_json);

/// What stands around them. *schema* names the JSON.
void
rows_begin(const char* schema, int as_json);

void
rows_end(int as_json);

/// What the command line says; exits when it is wrong.
struct rows_wish {
  int as_json;
  const char* part; // only jobs whose name contains this
};

struct rows_wish
rows_read_words(int argc, char** argv);

#endif
