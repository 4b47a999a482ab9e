// SPDX-License-Identifier: ISC
// What a function of the host returns, and the exit code each ends in.
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

// X(name, exit code, text)
#define STATUS_LIST(X)                                                         \
  X(OK, 0, "done")                                                             \
  X(INTERNAL, 1, "internal error")                                             \
  X(NO_MEMORY, 1, "out of memory")                                             \
  X(USAGE, 2, "wrong usage")                                                   \
  X(BAD_GRAPH, 3, "graph refused, nothing ran")                                \
  X(BAD_PLUGIN, 4, "a plugin could not be loaded or failed")                   \
  X(BAD_INPUT, 5, "input failed")                                              \
  X(SOME_FAILED, 6, "finished, but some items failed")                         \
  X(BAD_OUTPUT, 7, "output failed")                                            \
  X(REFUSED, 8, "edit or swap refused or rolled back")                         \
  X(LIMIT, 9, "a limit, deadline or real-time budget was broken")              \
  X(DIFFERS, 10, "tests differ")                                               \
  X(RESUMABLE, 75, "interrupted cleanly, run again to go on")                  \
  X(SIGINT, 130, "drained after SIGINT")                                       \
  X(SIGTERM, 143, "drained after SIGTERM")

#define STATUS_ENUM(name, exit_code, text) STATUS_##name,
enum status { STATUS_LIST(STATUS_ENUM) N_STATUS };
#undef STATUS_ENUM

int
status_exit_code(enum status status);

/// Static text, never null.
const char*
status_text(enum status status);

/// "BAD_GRAPH", static.
const char*
status_name(enum status status);

/// The class of an error that a plugin returned (enum rill_status, < 0).
enum status
status_from_plugin(int rill_status);

#endif
