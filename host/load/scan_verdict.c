// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/scan_verdict.h"

#include "load/report.h"
#include "load/scan_child.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

static const char* const places[N_REPORT_STEPS] = {
  [REPORT_LOAD] = "at load",
  [REPORT_OPEN] = "in its open",
  [REPORT_DESCRIBE] = "when its descriptions were read",
  [REPORT_CLOSE] = "in its close",
};

/// How far the child came.
struct progress {
  enum report_step step;
  int no_memory;
  const char* report; // null: there is none
  uint32_t n_bytes;
};

static struct progress
parse(const struct text* got)
{
  struct progress p = { 0 };
  size_t i = 0;
  while (i < got->n && got->data[i] >= 0 && got->data[i] < N_REPORT_STEPS) {
    p.step = (enum report_step)got->data[i++];
  }
  p.no_memory = i < got->n && got->data[i] == SCAN_NO_MEMORY;
  if (got->n - i < 1 + sizeof p.n_bytes || got->data[i] != SCAN_DONE) {
    return p;
  }
  memcpy(&p.n_bytes, got->data + i + 1, sizeof p.n_bytes);
  i += 1 + sizeof p.n_bytes;
  if (p.n_bytes <= got->n - i) {
    p.report = got->data + i;
  }
  return p;
}

int
scan_verdict_is_complete(const struct text* got)
{
  return parse(got).report != NULL;
}

static void
explain_signal(int number, const char* place, struct reason* reason)
{
  const char* const name = sigabbrev_np(number);
  if (number == SIGKILL) {
    reason->may_pass = 1;
    reason_set(reason, STATUS_BAD_PLUGIN,
               "was killed %s (SIGKILL: out of memory?)", place);
  } else {
    reason_set(reason, STATUS_BAD_PLUGIN, "crashed %s (SIG%s)", place,
               name ? name : "?");
  }
}

static void
explain(const struct scan_result* result, struct reason* reason)
{
  const char* const place = places[parse(&result->got).step];
  if (result->timed_out) {
    reason_set(reason, STATUS_BAD_PLUGIN, "did not return in %.3g s %s",
               (double)result->limits->time_ns * 1e-9, place);
  } else if (WIFSIGNALED(result->wait_status)) {
    explain_signal(WTERMSIG(result->wait_status), place, reason);
  } else if (WEXITSTATUS(result->wait_status) == SCAN_LOST) {
    reason_set(reason, STATUS_BAD_PLUGIN,
               "closed descriptors that are not its own");
  } else {
    reason_set(reason, STATUS_BAD_PLUGIN, "called exit(%d) %s",
               WEXITSTATUS(result->wait_status), place);
  }
}

enum status
scan_verdict(const struct scan_result* result, struct text* out)
{
  const struct progress p = parse(&result->got);
  struct reason reason = { 0 };
  struct report report = { 0 };
  if (result->got.failed || p.no_memory) {
    return STATUS_NO_MEMORY;
  }
  if (!p.report) {
    explain(result, &reason);
    return report_fail(&reason, STATUS_BAD_PLUGIN, out);
  }
  if (report_read(p.report, p.n_bytes, &report, &reason)) {
    reason_set(&reason, STATUS_BAD_PLUGIN, "spoiled the report about itself");
    return report_fail(&reason, STATUS_BAD_PLUGIN, out);
  }
  report_fini(&report);
  text_add_bytes(out, p.report, p.n_bytes);
  return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status
scan_verdict_not_started(int error_number, struct text* out)
{
  struct reason reason = { .may_pass = 1 };
  reason_set(&reason, STATUS_BAD_PLUGIN,
             error_number == ENOTSUP
               ? "cannot be tried: a program with threads cannot fork safely"
               : "cannot be tried in a process of its own: %s",
             strerror(error_number));
  return report_fail(&reason, STATUS_BAD_PLUGIN, out);
}
