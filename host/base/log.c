// SPDX-License-Identifier: ISC
#include "base/log.h"

#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 5120, STDERR_WAIT_MS = 100 };

static const char* const level_names[] = { "error", "warning", "info", "debug" };
static atomic_int current_level = LOG_INFO;

void
log_raw(const char* bytes, size_t n)
{
  // Ready for POLLOUT, a pipe takes PIPE_BUF bytes without waiting. A reader
  // that has stopped must not stop the audio.
  while (n) {
    struct pollfd p = { STDERR_FILENO, POLLOUT, 0 };
    if (poll(&p, 1, STDERR_WAIT_MS) != 1 || !(p.revents & POLLOUT)) {
      return;
    }
    const ssize_t written = write(STDERR_FILENO, bytes, n < PIPE_BUF ? n : PIPE_BUF);
    if (written <= 0) {
      return; // there is nowhere left to say that it failed
    }
    bytes += written;
    n -= (size_t)written;
  }
}

static void
to_stderr(void* arg, enum log_level level, const char* line)
{
  (void)arg;
  (void)level;
  log_raw(line, strlen(line));
}

static void (*current_sink)(void*, enum log_level, const char*) = to_stderr;
static void* sink_arg;

void
log_set_level(enum log_level level)
{
  atomic_store(&current_level, (int)level);
}

int
log_level_from_text(const char* text)
{
  for (int i = 0; i <= LOG_DEBUG; ++i) {
    if (!strcmp(text, level_names[i])) {
      return i;
    }
  }
  return -1;
}

void
log_set_sink(void (*sink)(void*, enum log_level, const char*), void* arg)
{
  current_sink = sink ? sink : to_stderr;
  sink_arg = arg;
}

void
log_write(enum log_level level, const char* format, ...)
{
  if ((int)level > atomic_load_explicit(&current_level, memory_order_relaxed)) {
    return;
  }
  char line[LINE_BYTES];
  const char* const label = level == LOG_INFO ? "" : level_names[level];
  int n = snprintf(line, sizeof line, "rill: %s%s", label, *label ? ": " : "");
  va_list args;
  va_start(args, format);
  const int m = vsnprintf(line + n, sizeof line - (size_t)n - 1, format, args);
  va_end(args);
  if (m < 0) {
    return;
  }
  n = n + m < LINE_BYTES - 2 ? n + m : LINE_BYTES - 2;
  line[n] = '\n';
  line[n + 1] = '\0';
  current_sink(sink_arg, level, line);
}
