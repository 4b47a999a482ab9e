// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/scan_child.h"

#include "load/report.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int
send_bytes(const void* data, size_t n_bytes)
{
  const char* p = data;
  while (n_bytes) {
    const ssize_t n = write(SCAN_FD, p, n_bytes);
    if (n < 0 && errno != EINTR) {
      return 0;
    }
    p += n > 0 ? n : 0;
    n_bytes -= n > 0 ? (size_t)n : 0;
  }
  return 1;
}

static void
send_step(void* arg, enum report_step step)
{
  const char tag = (char)step;
  (void)arg;
  send_bytes(&tag, 1);
}

static void
set_limit(int what, uint64_t value)
{
  const struct rlimit limit = { value, value };
  setrlimit(what, &limit);
}

// A plugin that asks for too much is told so by malloc; it leaves no core.
static void
set_limits(uint64_t memory_bytes)
{
  set_limit(RLIMIT_CORE, 0);
#ifndef RILL_SANITIZED // whose shadow alone is larger than any limit
  set_limit(RLIMIT_AS, memory_bytes);
#else
  (void)memory_bytes;
#endif
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

// A crash must end in its own signal: neither a handler of the parent, nor that
// of a sanitizer, may make an exit code of it.
static void
reset_signals(void)
{
  for (int i = 1; i < NSIG; ++i) {
    signal(i, SIG_DFL);
  }
}

int
scan_child(const char* path, uint64_t memory_bytes)
{
  char tag = SCAN_DONE;
  struct text report = { 0 };
  reset_signals();
  set_limits(memory_bytes);
  const enum status st = report_make(path, send_step, NULL, &report);
  const uint32_t n = (uint32_t)report.n;
  int sent;
  if (st) {
    tag = SCAN_NO_MEMORY;
    sent = send_bytes(&tag, 1);
  } else {
    sent = send_bytes(&tag, 1) && send_bytes(&n, sizeof n) &&
           send_bytes(report.data, report.n);
  }
  text_fini(&report);
  return sent ? 0 : SCAN_LOST;
}

void
scan_child_isolate(int fd)
{
  sigset_t none;
  setpgid(0, 0);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  const int null = open("/dev/null", O_RDWR);
  for (int i = 0; i < SCAN_FD && null >= 0; ++i) {
    if (fd == i) {
      fd = dup(fd);
    }
    dup2(null, i);
  }
  dup2(fd, SCAN_FD);
  close_range(SCAN_FD + 1, ~0u, 0);
}
