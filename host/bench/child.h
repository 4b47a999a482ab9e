// SPDX-License-Identifier: ISC
// A program of another language that takes its turn when it is told to: a line
// to its stdin, a line from its stdout.
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

#include "base/status.h"

#include <stdio.h>
#include <sys/types.h>

struct child {
  pid_t pid; // 0: none
  FILE* to;
  FILE* from;
};

/// Starts *argv* (argv[0] is a path, the last is null). BAD_INPUT, without
/// words: it could not be started. [control]
enum status
child_open(struct child* child, const char* const* argv);

/// One turn: what it answered, without the newline. BAD_INPUT: it has ended.
/// [control, blocks]
enum status
child_ask(struct child* child, char* answer, int n_bytes);

/// Ends and reaps it. Takes a child that was not opened.
void
child_close(struct child* child);

#endif
