// SPDX-License-Identifier: ISC
// How a child ends, and how that is told.
#include "child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const int64_t GRACE_NS = 500000000; // between SIGTERM and SIGKILL
static const int64_t MOMENT_NS = 200000000; // from closed pipes to the end

int
child_has_ended(struct child* child, int64_t deadline_ns)
{
  siginfo_t info = { 0 };
  struct pollfd p = { child->pidfd, POLLIN, 0 };
  int64_t left = deadline_ns ? deadline_ns - child_now_ns() : 0;
  while (!child->is_over && poll(&p, 1, left > 0 ? (int)(left / 1000000) + 1
                                                 : 0) < 0 && errno == EINTR) {
    left = deadline_ns - child_now_ns();
  }
  if (child->is_over || !child->pid) {
    return child->is_over;
  }
  const int rc =
    waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT);
  if (rc && errno == ECHILD) {
    child->is_over = 1; // somebody else has reaped it: the status is lost
  } else if (!rc && info.si_pid == child->pid) {
    child->is_over = 1;
    child->status = info.si_code == CLD_EXITED ? info.si_status << 8
                                               : info.si_status;
  }
  return child->is_over;
}

static void
describe_end(const struct child* child, char* out, size_t n_bytes)
{
  const int status = child->status;
  if (!child->is_over) {
    snprintf(out, n_bytes, "it runs on, and is killed");
  } else if (WIFSIGNALED(status)) {
    const char* const name = sigabbrev_np(WTERMSIG(status));
    snprintf(out, n_bytes, "killed by SIG%s", name ? name : "?");
  } else {
    snprintf(out, n_bytes, "exit status %d", WEXITSTATUS(status));
  }
}

int32_t
child_fail(struct child* child, struct why* why, int32_t status,
           const char* what, ...)
{
  char reason[300], end[64], words[WHY_BYTES - 512];
  va_list args;
  va_start(args, what);
  vsnprintf(reason, sizeof reason, what, args);
  va_end(args);
  why_clean(reason); // it may quote what the child wrote
  child_has_ended(child, child_now_ns() + (status == RILL_ERR_FAILED
                                             ? MOMENT_NS : 0));
  child_listen(child);
  describe_end(child, end, sizeof end);
  tail_print(&child->tail, words, sizeof words);
  return why_set(why, status, "child %ld (%.60s) %s (%s)%s%s",
                 (long)child->pid, child->plan->argv[0], reason, end,
                 *words ? "; its last words on stderr:" : "", words);
}

static void
close_one(int* fd)
{
  if (*fd >= 0) {
    close(*fd);
    *fd = -1;
  }
}

static void
close_all(struct child* child)
{
  close_one(&child->to);
  close_one(&child->to_guard);
  close_one(&child->from);
  close_one(&child->words);
  close_one(&child->pidfd);
}

// The group outlives its leader; as long as that is not reaped, its number is
// nobody else's.
void
child_stop(struct child* child)
{
  if (!child->pid) {
    return;
  }
  if (!child_has_ended(child, 0)) {
    kill(-child->pid, SIGTERM);
    child_has_ended(child, child_now_ns() + GRACE_NS);
  }
  kill(-child->pid, SIGKILL);
  while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR) {
  }
  close_all(child);
  child->pid = 0;
}

void
child_fini(struct child* child)
{
  child_stop(child);
  text_free(&child->inbox);
}

static int
is_blank(const char* at, size_t n)
{
  while (n && strchr(" \t\r\n", *at) && *at) {
    ++at;
    --n;
  }
  return !n;
}

// What it writes at its end is read, so that it can end.
static int32_t
read_rest(struct child* child, int64_t deadline_ns, struct why* why)
{
  for (;;) {
    const int is_over = child_has_ended(child, 0);
    child_listen(child);
    char bytes[4096]; // not the inbox: the last answer still stands there
    const ssize_t n = read(child->from, bytes, sizeof bytes);
    if (n > 0 && !is_blank(bytes, (size_t)n)) {
      return child_fail(child, why, RILL_ERR_CORRUPT,
                        "wrote a line after its last answer: '%.*s'",
                        (int)(n < 60 ? n : 60), bytes);
    }
    if (is_over && n <= 0) {
      return RILL_OK;
    }
    if (child_now_ns() > deadline_ns) {
      return RILL_OK;
    }
    struct pollfd p[3] = { { n ? child->from : -1, POLLIN, 0 },
                           { child->words, POLLIN, 0 },
                           { child->pidfd, POLLIN, 0 } };
    poll(p, 3, (int)((deadline_ns - child_now_ns()) / 1000000) + 1);
  }
}

int32_t
child_finish(struct child* child, int64_t deadline_ns, struct why* why)
{
  if (!is_blank(child->inbox.at + child->n_taken,
                child->inbox.n - child->n_taken)) {
    return child_fail(child, why, RILL_ERR_CORRUPT,
                      "wrote more than one answer");
  }
  close_one(&child->to);
  close_one(&child->to_guard);
  const int32_t rc = read_rest(child, deadline_ns, why);
  if (rc < 0) {
    return rc;
  }
  if (!child->is_over) {
    return child_fail(child, why, RILL_ERR_TIMEOUT,
                      "does not end although its input has");
  }
  return child->status ? child_fail(child, why, RILL_ERR_FAILED,
                                    "failed at its end")
                       : RILL_OK;
}
