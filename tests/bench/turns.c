// SPDX-License-Identifier: ISC
// Runs commands turn by turn, so that a machine that changes its speed changes
// it for all, and prints the median wall and CPU time and peak memory of each,
// and how its wall time compares with the first.
//   turns N NAME COMMAND [NAME COMMAND]...
// A warm-up turn comes first. A command is its words between spaces, without
// quotes, and is started directly: a shell between would be 2 ms of every small
// job. Time runs from the start to the end of the process; its output goes away.
#include "config.h" // _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_TURNS = 1001, MAX_WORDS = 64 };

struct command {
  const char* name;
  char* words[MAX_WORDS + 1];
  double wall_ms[MAX_TURNS];
  double cpu_ms[MAX_TURNS];
  double peak_mib[MAX_TURNS];
  int n_failed;
};

static double
now_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double
ms(struct timeval t)
{
  return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void
split(char* text, char** words)
{
  char* rest = NULL;
  int n = 0;
  for (char* w = strtok_r(text, " ", &rest); w && n < MAX_WORDS;
       w = strtok_r(NULL, " ", &rest)) {
    words[n++] = w;
  }
  words[n] = NULL;
}

static pid_t
start(char** words)
{
  posix_spawn_file_actions_t files;
  pid_t pid = -1;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  errno = posix_spawnp(&pid, words[0], &files, NULL, words, environ);
  posix_spawn_file_actions_destroy(&files);
  return errno ? -1 : pid;
}

static void
run_once(struct command* command, int turn)
{
  int status;
  struct rusage usage;
  const double begin = now_ms();
  const pid_t pid = start(command->words);
  if (pid < 0 || wait4(pid, &status, 0, &usage) < 0) {
    perror(command->name);
    exit(EXIT_FAILURE);
  }
  command->n_failed += !WIFEXITED(status) || WEXITSTATUS(status);
  if (turn >= 0) {
    command->wall_ms[turn] = now_ms() - begin;
    command->cpu_ms[turn] = ms(usage.ru_utime) + ms(usage.ru_stime);
    command->peak_mib[turn] = (double)usage.ru_maxrss / 1024;
  }
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

static void
print(struct command* commands, int n_commands, int n_turns)
{
  double first = 0;
  printf("%-24s %10s %10s %10s %10s %8s\n", "program", "wall ms", "least",
         "CPU ms", "peak MiB", "ratio");
  for (int i = 0; i < n_commands; ++i) {
    struct command* const c = &commands[i];
    const double wall = median(c->wall_ms, n_turns);
    first = i ? first : wall;
    printf("%-24s %10.2f %10.2f %10.2f %10.1f %8.2f%s\n", c->name, wall,
           c->wall_ms[0], median(c->cpu_ms, n_turns),
           median(c->peak_mib, n_turns), wall / first,
           c->n_failed ? "  FAILED" : "");
  }
}

int
main(int argc, char** argv)
{
  const int n_turns = argc > 1 ? atoi(argv[1]) : 0;
  const int n_commands = (argc - 2) / 2;
  if (n_turns < 1 || n_turns > MAX_TURNS || n_commands < 1 || argc % 2) {
    fprintf(stderr, "usage: turns N NAME COMMAND [NAME COMMAND]...\n");
    return 2;
  }
  struct command* const commands = calloc((size_t)n_commands, sizeof *commands);
  if (!commands) {
    return EXIT_FAILURE;
  }
  for (int i = 0; i < n_commands; ++i) {
    commands[i].name = argv[2 + 2 * i];
    split(argv[3 + 2 * i], commands[i].words);
  }
  for (int turn = -1; turn < n_turns; ++turn) {
    for (int i = 0; i < n_commands; ++i) {
      run_once(&commands[i], turn);
    }
  }
  print(commands, n_commands, n_turns);
  free(commands);
  return EXIT_SUCCESS;
}
